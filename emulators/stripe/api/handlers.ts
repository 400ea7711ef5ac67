import type { Handlers } from "../call";
import { checkoutHandlers } from "../checkout/sessions";
import { testClockHandlers } from "../clock/test-clocks";
import type { OperationName } from "../contract/operations";
import { customerHandlers } from "../customers/customers";
import { eventHandlers } from "../events/event-handlers";
import { creditNoteHandlers } from "../invoices/credit-notes";
import { invoiceHandlers } from "../invoices/invoice-handlers";
import { invoiceItemHandlers } from "../invoices/invoice-items";
import { paymentIntentHandlers } from "../payments/intents";
import { paymentMethodHandlers } from "../payments/payment-methods";
import { refundHandlers } from "../payments/refunds";
import { setupIntentHandlers } from "../payments/setup-intents";
import { portalHandlers } from "../portal/portal-handlers";
import { accountHandlers } from "../resources/account";
import { priceHandlers } from "../resources/prices";
import { productHandlers } from "../resources/products";
import { subscriptionHandlers } from "../subscriptions/subscription-handlers";
import { meterEventHandlers } from "../usage/meter-events";
import { meterHandlers } from "../usage/meters";

/** One for every operation of `contract/operations.ts`; the type holds that none is missing. */
export const handlers: Handlers<OperationName> = {
  ...accountHandlers,
  ...checkoutHandlers,
  ...creditNoteHandlers,
  ...customerHandlers,
  ...eventHandlers,
  ...invoiceHandlers,
  ...invoiceItemHandlers,
  ...meterEventHandlers,
  ...meterHandlers,
  ...paymentIntentHandlers,
  ...paymentMethodHandlers,
  ...portalHandlers,
  ...priceHandlers,
  ...productHandlers,
  ...refundHandlers,
  ...setupIntentHandlers,
  ...subscriptionHandlers,
  ...testClockHandlers,
};
