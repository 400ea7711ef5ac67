import type Stripe from "stripe";
import { invalid } from "../errors";
import { recordEvent } from "../events/record-event";
import type { Books } from "../state/books";
import { idOf, newId } from "../state/ids";
import { nowOf, type World } from "../world";

interface Change {
  /** Negative is what the customer has in hand. */
  amount: number;
  currency: string;
  type: Stripe.CustomerBalanceTransaction.Type;
  description: string | null;
  metadata: Record<string, string>;
  invoice?: string;
  creditNote?: string;
}

export function changeBalance(
  world: World,
  books: Books,
  customer: Stripe.Customer,
  change: Change,
): Stripe.CustomerBalanceTransaction {
  if (customer.currency && customer.currency !== change.currency)
    throw invalid(`The customer's currency is ${customer.currency}, not ${change.currency}.`, "currency");
  customer.currency ??= change.currency;
  customer.balance += change.amount;
  books.customers.save(customer);
  const transaction: Stripe.CustomerBalanceTransaction = {
    id: newId("cbtxn"),
    object: "customer_balance_transaction",
    amount: change.amount,
    checkout_session: null,
    created: nowOf(world, books, idOf(customer.test_clock)),
    credit_note: change.creditNote ?? null,
    currency: change.currency,
    customer: customer.id,
    customer_account: null,
    description: change.description,
    ending_balance: customer.balance,
    invoice: change.invoice ?? null,
    livemode: false,
    metadata: change.metadata,
    type: change.type,
  };
  books.balanceTransactions.save(transaction);
  recordEvent(world, books, "customer_balance_transaction.created", transaction, {
    testClock: idOf(customer.test_clock),
  });
  return transaction;
}
