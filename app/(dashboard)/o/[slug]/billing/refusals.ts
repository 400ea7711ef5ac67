const words = {
  already_subscribed: "There is a subscription already: open Billing again to see it.",
  not_subscribed: "There is no subscription yet: choose a plan first.",
  payment_owed: "An invoice is not paid. Pay it under Invoices first; then a plan can be chosen or changed.",
  same_plan: "This is the plan you have.",
  preview_expired:
    "Calls were counted meanwhile, or this was shown too long ago: it would cost something else now. Nothing was changed.",
  declined:
    "The card was declined and nothing has changed. Use another card under “Card and address”, then confirm again.",
  confirmation_needed:
    "Your bank wants you to confirm this payment. The plan changes as soon as you have; until then nothing does.",
  unavailable: "The payment provider does not answer just now. Nothing was changed; try again in a moment.",
} as const;

export type Refused = keyof typeof words;

export const refusalInWords = (reason: Refused): string => words[reason];
