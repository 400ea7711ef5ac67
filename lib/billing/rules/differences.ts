/** What a comparison of the sides finds, and may find no longer. */
export const differenceKinds = [
  "lost_meter_event",
  "billed_twice",
  "overbilled",
  "underbilled",
  "refunded_twice",
  "stuck_call",
  "cost_differs",
  "length_differs",
  "unknown_payment",
  "invoice_differs",
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** What somebody has to see: that, what the engine's meter refuses, and who pays for two subscriptions. */
export type BillingItemKind =
  | DifferenceKind
  | "meter_unknown_customer"
  | "meter_too_late"
  | "meter_refused"
  | "two_subscriptions";

/** Where two sides say different things; `at` is the instant it is about, by which a later comparison knows whether it has looked there. */
export type Difference = {
  kind: DifferenceKind;
  subject: string;
  at: Date;
  facts: Record<string, string | number | null>;
  proposal: string;
};
