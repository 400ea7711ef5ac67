import { StripeError } from "../errors";
import type { Books } from "../state/books";
import { declineMessage } from "./cards";

/** Where a failing payment must leave nothing behind, its failure is known before anything is done. */
export function declineAhead(books: Books, method: string | undefined): void {
  const card = books.cards.get(method ?? "");
  const needsAuthentication =
    card?.behaviour.authentication === "always" ||
    (card?.behaviour.authentication === "unless-set-up" && !card.isSetUp);
  const decline = !card
    ? { code: "resource_missing", declineCode: undefined }
    : needsAuthentication
      ? { code: "subscription_payment_intent_requires_action", declineCode: undefined }
      : card.behaviour.chargeDecline;
  if (!decline) return;
  const { code, declineCode } = decline;
  const message = !card
    ? "This customer has no attached payment source or default payment method."
    : needsAuthentication
      ? "Payment for this subscription requires additional user action before it can be completed successfully."
      : declineMessage(code, declineCode);
  throw new StripeError(402, message, { code, decline_code: declineCode, type: "card_error" });
}
