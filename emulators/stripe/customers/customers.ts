import type Stripe from "stripe";
import { type ListParams, listPage } from "../answers/list";
import { render } from "../answers/render";
import { searchPage } from "../answers/search";
import { type Call, emptied, type Handlers, handler, mergeMetadata, need } from "../call";
import { invalid, missing } from "../errors";
import { recordEvent } from "../events/record-event";
import { readCurrency } from "../money/amounts";
import { attachTo } from "../payments/payment-methods";
import { changes } from "../resources/products";
import { idOf, newId } from "../state/ids";
import { endNow } from "../subscriptions/end";
import { nowOf } from "../world";
import { changeBalance } from "./balance";

const url = "/v1/customers";
type Params = Stripe.CustomerCreateParams & Stripe.CustomerUpdateParams;

export const customerHandlers: Handlers<
  | "Customers.create"
  | "Customers.retrieve"
  | "Customers.update"
  | "Customers.del"
  | "Customers.list"
  | "Customers.search"
  | "Customers.listPaymentMethods"
  | "Customers.retrievePaymentMethod"
  | "Customers.createBalanceTransaction"
  | "Customers.retrieveBalanceTransaction"
  | "Customers.listBalanceTransactions"
> = {
  "Customers.create": handler<Stripe.CustomerCreateParams>(createCustomer),
  "Customers.retrieve": ({ books, ids }) =>
    ids.id !== undefined && books.deletedCustomers.get(ids.id)
      ? { id: ids.id, object: "customer", deleted: true }
      : need(books.customers, ids.id, "customer"),
  "Customers.update": handler<Stripe.CustomerUpdateParams>(update),
  "Customers.del": (call) => {
    const { world, books, ids } = call;
    const customer = need(books.customers, ids.id, "customer");
    for (const subscription of books.subscriptions.all("customer", customer.id))
      if (!["canceled", "incomplete_expired"].includes(subscription.status)) endNow(world, books, subscription, {});
    books.customers.delete(customer.id);
    books.deletedCustomers.save({ id: customer.id });
    recordEvent(world, books, "customer.deleted", customer, { testClock: idOf(customer.test_clock) });
    return { id: customer.id, object: "customer", deleted: true };
  },
  "Customers.list": handler<Stripe.CustomerListParams>(({ books, params }) =>
    listPage(books.customers, params, {
      url,
      by: params.email === undefined ? undefined : ["email", params.email],
      where: (customer) =>
        (params.email === undefined || customer.email === params.email) &&
        (params.test_clock === undefined ? !customer.test_clock : customer.test_clock === params.test_clock),
    }),
  ),
  "Customers.search": handler<Stripe.CustomerSearchParams>(({ books, params }) =>
    searchPage(books.customers, params, `${url}/search`),
  ),
  "Customers.listPaymentMethods": handler<Stripe.CustomerListPaymentMethodsParams>(({ books, params, ids }) => {
    const { id } = need(books.customers, ids.id, "customer");
    return listPage(books.paymentMethods, params, {
      url: `${url}/${id}/payment_methods`,
      by: ["customer", id],
      where: (method) => method.customer === id && (params.type === undefined || method.type === params.type),
    });
  }),
  "Customers.retrievePaymentMethod": ({ books, ids }) => {
    const method = need(books.paymentMethods, ids.id, "payment_method");
    if (method.customer !== ids.customerId) throw missing("payment_method", method.id);
    return method;
  },
  "Customers.createBalanceTransaction": handler<Stripe.CustomerCreateBalanceTransactionParams>((call) => {
    const customer = need(call.books.customers, call.ids.id, "customer");
    const { amount, currency, description, metadata } = call.params;
    return changeBalance(call.world, call.books, customer, {
      amount,
      currency: readCurrency(currency),
      type: "adjustment",
      description: description ?? null,
      metadata: mergeMetadata({}, metadata),
    });
  }),
  "Customers.retrieveBalanceTransaction": ({ books, ids }) =>
    need(books.balanceTransactions, ids.id, "customer_balance_transaction"),
  "Customers.listBalanceTransactions": handler<ListParams>(({ books, params, ids }) => {
    const { id } = need(books.customers, ids.id, "customer");
    return listPage(books.balanceTransactions, params, {
      url: `${url}/${id}/balance_transactions`,
      by: ["customer", id],
    });
  }),
};

export function createCustomer(
  call: Pick<Call<Stripe.CustomerCreateParams>, "world" | "books" | "params">,
): Stripe.Customer {
  const { world, books, params } = call;
  if (params.test_clock) need(books.testClocks, params.test_clock, "test clock", "test_clock");
  checkEmail(params.email);
  const id = newId("cus", 14);
  const customer: Stripe.Customer = {
    id,
    object: "customer",
    address: null,
    balance: params.balance ?? 0,
    created: nowOf(world, books, params.test_clock),
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: params.invoice_prefix ?? id.slice(-8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: params.next_invoice_sequence ?? 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: params.test_clock ?? null,
  };
  apply(customer, params as Params);
  books.customers.save(customer);
  if (params.payment_method) {
    attachTo(world, books, params.payment_method, customer.id, "payment_method");
  }
  setDefault(call, customer, params as Params);
  recordEvent(world, books, "customer.created", customer, { testClock: params.test_clock });
  return customer;
}

function update(call: Call<Stripe.CustomerUpdateParams>): object {
  const { world, books, params, ids } = call;
  const customer = need(books.customers, ids.id, "customer");
  const before = render(books, customer) as Stripe.Customer;
  checkEmail(params.email);
  setDefault(call, customer, params as Params);
  apply(customer, params as Params);
  if (params.balance !== undefined && params.balance !== customer.balance)
    changeBalance(world, books, customer, {
      amount: params.balance - customer.balance,
      currency: customer.currency ?? "usd",
      type: "adjustment",
      description: null,
      metadata: {},
    });
  books.customers.save(customer);
  const previous = changes(before, customer);
  recordEvent(world, books, "customer.updated", customer, { previous, testClock: idOf(customer.test_clock) });
  return customer;
}

function apply(customer: Stripe.Customer, params: Params): void {
  const { address, description, email, name, phone, shipping } = params;
  const blank = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
  if (address !== undefined) customer.address = address ? { ...blank, ...address } : null;
  if (description !== undefined) customer.description = emptied(description);
  if (email !== undefined) customer.email = emptied(email);
  if (name !== undefined) customer.name = emptied(name);
  if (phone !== undefined) customer.phone = emptied(phone);
  if (shipping !== undefined)
    customer.shipping = shipping
      ? ({ ...shipping, address: { ...blank, ...shipping.address } } as Stripe.Customer.Shipping)
      : null;
  if (params.preferred_locales) customer.preferred_locales = params.preferred_locales;
  if (params.tax_exempt !== undefined) customer.tax_exempt = params.tax_exempt || "none";
  if (params.next_invoice_sequence) customer.next_invoice_sequence = params.next_invoice_sequence;
  if (params.invoice_settings?.footer !== undefined) customer.invoice_settings.footer = params.invoice_settings.footer;
  if (params.invoice_settings?.custom_fields !== undefined)
    customer.invoice_settings.custom_fields = params.invoice_settings.custom_fields || null;
  customer.metadata = mergeMetadata(customer.metadata, params.metadata);
}

function setDefault({ books }: Pick<Call, "books">, customer: Stripe.Customer, params: Params): void {
  const id = params.invoice_settings?.default_payment_method;
  if (id === undefined) return;
  const param = "invoice_settings[default_payment_method]";
  if (id && need(books.paymentMethods, id, "payment_method", param).customer !== customer.id)
    throw invalid(
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      param,
      "resource_missing",
    );
  customer.invoice_settings.default_payment_method = id || null;
}

function checkEmail(email: string | null | undefined): void {
  if (email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    throw invalid(`Invalid email address: ${email}`, "email", "email_invalid");
}
