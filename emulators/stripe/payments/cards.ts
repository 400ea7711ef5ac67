/** How a test card behaves; the numbers and what they stand for are Stripe's (docs.stripe.com/testing). */
export interface CardBehaviour {
  brand: string;
  last4: string;
  country?: string;
  funding?: "credit" | "debit";
  /** Refused whenever it is charged. */
  chargeDecline?: { code: string; declineCode?: string };
  /** Refused already when it is attached to a customer. */
  attachDecline?: boolean;
  authentication?: "always" | "unless-set-up" | "never";
  dispute?: "fraudulent";
  refundFails?: boolean;
}

/** What is known of a payment method beyond what is shown. */
export interface CardRecord {
  /** The payment method's. */
  id: string;
  behaviour: CardBehaviour;
  isSetUp: boolean;
}

const declined = (declineCode: string, code = "card_declined") => ({
  chargeDecline: { code, declineCode },
  attachDecline: true,
});
const visa = (last4: string, more: Partial<CardBehaviour> = {}): CardBehaviour => ({ brand: "visa", last4, ...more });

const numbers: Record<string, CardBehaviour> = {
  "4242424242424242": visa("4242"),
  "4000056655665556": visa("5556", { funding: "debit" }),
  "5555555555554444": { brand: "mastercard", last4: "4444" },
  "378282246310005": { brand: "amex", last4: "0005" },
  "4000003560000008": visa("0008", { country: "IN" }),
  "4000008260000000": visa("0000", { country: "GB" }),
  "4000000000000341": visa("0341", { chargeDecline: { code: "card_declined", declineCode: "generic_decline" } }),
  "4000000000000002": visa("0002", declined("generic_decline")),
  "4000000000009995": visa("9995", declined("insufficient_funds")),
  "4000000000009987": visa("9987", declined("lost_card")),
  "4000000000009979": visa("9979", declined("stolen_card")),
  "4000000000000069": visa("0069", declined("expired_card", "expired_card")),
  "4000000000000127": visa("0127", declined("incorrect_cvc", "incorrect_cvc")),
  "4000000000000119": visa("0119", declined("processing_error", "processing_error")),
  "4000002500003155": visa("3155", { authentication: "unless-set-up" }),
  "4000002760003184": visa("3184", { authentication: "always" }),
  "4000008260003178": visa("3178", {
    authentication: "always",
    chargeDecline: { code: "card_declined", declineCode: "insufficient_funds" },
  }),
  "4000003800000446": visa("0446", { authentication: "never" }),
  "4000000000000259": visa("0259", { dispute: "fraudulent" }),
  "4000000000005126": visa("5126", { refundFails: true }),
};

const names: Record<string, string> = {
  visa: "4242424242424242",
  visa_debit: "4000056655665556",
  mastercard: "5555555555554444",
  amex: "378282246310005",
  in: "4000003560000008",
  chargeCustomerFail: "4000000000000341",
  visa_chargeDeclined: "4000000000000002",
  visa_chargeDeclinedInsufficientFunds: "4000000000009995",
  visa_chargeDeclinedLostCard: "4000000000009987",
  visa_chargeDeclinedStolenCard: "4000000000009979",
  chargeDeclinedExpiredCard: "4000000000000069",
  chargeDeclinedIncorrectCvc: "4000000000000127",
  chargeDeclinedProcessingError: "4000000000000119",
  authenticationRequiredOnSetup: "4000002500003155",
  authenticationRequired: "4000002760003184",
  authenticationRequiredChargeDeclinedInsufficientFunds: "4000008260003178",
  createDispute: "4000000000000259",
  refundFail: "4000000000005126",
};

export const cardByNumber = (number: string): CardBehaviour | undefined => numbers[number.replace(/\s/g, "")];

/** `pm_card_visa`, `tok_visa`. */
export function cardByToken(token: string): CardBehaviour | undefined {
  const name = /^(?:pm_card|tok)_(\w+)$/.exec(token)?.[1];
  const number = name === undefined ? undefined : names[name];
  return number === undefined ? undefined : numbers[number];
}

const messages: Record<string, string> = {
  insufficient_funds: "Your card has insufficient funds.",
  expired_card: "Your card has expired.",
  incorrect_cvc: "Your card's security code is incorrect.",
  processing_error: "An error occurred while processing your card. Try again in a little bit.",
};

export const declineMessage = (code: string, declineCode?: string): string =>
  messages[declineCode ?? ""] ?? messages[code] ?? "Your card was declined.";
