/** What the emulator answers, named as stripe-node's resources and methods name it. */
export const operations = {
  Accounts: ["retrieveCurrent"],
  Balance: ["retrieve"],
  "Billing/MeterEventAdjustments": ["create"],
  "Billing/MeterEvents": ["create"],
  "Billing/Meters": ["create", "retrieve", "update", "list", "deactivate", "reactivate", "listEventSummaries"],
  "BillingPortal/Configurations": ["create", "retrieve", "update", "list"],
  "BillingPortal/Sessions": ["create"],
  Charges: ["retrieve", "list", "search"],
  "Checkout/Sessions": ["create", "retrieve", "update", "list", "expire", "listLineItems"],
  CreditNotes: ["create", "preview", "retrieve", "update", "list", "listLineItems", "voidCreditNote"],
  Customers: [
    ...["create", "retrieve", "update", "del", "list", "search", "listPaymentMethods", "retrievePaymentMethod"],
    ...["createBalanceTransaction", "retrieveBalanceTransaction", "listBalanceTransactions"],
  ],
  Disputes: ["retrieve", "update", "list", "close"],
  Events: ["retrieve", "list"],
  InvoiceItems: ["create", "retrieve", "update", "del", "list"],
  InvoicePayments: ["retrieve", "list"],
  Invoices: [
    ...["create", "retrieve", "update", "del", "list", "search", "createPreview", "listLineItems"],
    ...["finalizeInvoice", "pay", "sendInvoice", "voidInvoice", "markUncollectible"],
  ],
  PaymentIntents: ["create", "retrieve", "update", "list", "search", "confirm", "capture", "cancel"],
  PaymentMethods: ["create", "retrieve", "update", "list", "attach", "detach"],
  Prices: ["create", "retrieve", "update", "list", "search"],
  Products: ["create", "retrieve", "update", "del", "list", "search"],
  Refunds: ["create", "retrieve", "update", "list", "cancel"],
  SetupIntents: ["create", "retrieve", "update", "list", "confirm", "cancel"],
  SubscriptionItems: ["create", "retrieve", "update", "del", "list"],
  Subscriptions: ["create", "retrieve", "update", "cancel", "list", "search", "resume"],
  "TestHelpers/TestClocks": ["create", "retrieve", "del", "list", "advance"],
  "V2/Billing/MeterEventAdjustments": ["create"],
  "V2/Billing/MeterEvents": ["create"],
  "V2/Core/Events": ["retrieve", "list"],
  WebhookEndpoints: ["create", "retrieve", "update", "del", "list"],
} as const satisfies Record<string, readonly string[]>;

type Operations = typeof operations;
/** E.g. "Billing/Meters.create". */
export type OperationName = { [R in keyof Operations]: `${R}.${Operations[R][number]}` }[keyof Operations];
