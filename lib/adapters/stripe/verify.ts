import Stripe from "stripe";

/** Seconds on either side of now; Stripe's own default for the past (https://docs.stripe.com/webhooks/signature). */
export const TOLERANCE_SECONDS = 300;

/**
 * Whether a delivery was signed with one of our secrets (several while one is rotated) within the window of time. Every secret is tried, so
 * that the time taken tells nothing. The vendor's check lets any time of the future pass, which would keep a stolen delivery good for ever:
 * the bound on that side is ours. `toleranceSeconds` 0 leaves the time out, as with the vendor.
 */
export function verifyStripeSignature(
  request: { header: string | null; rawBody: Uint8Array | string },
  secrets: readonly string[],
  now: Date,
  toleranceSeconds = TOLERANCE_SECONDS,
): boolean {
  const { header, rawBody } = request;
  if (!header || isAhead(header, now, toleranceSeconds)) return false;
  return secrets.map((secret) => isSignedWith(secret, header, rawBody, now, toleranceSeconds)).includes(true);
}

function isSignedWith(secret: string, header: string, rawBody: Uint8Array | string, now: Date, tolerance: number) {
  const { signature } = Stripe.webhooks;
  if (!signature) throw new Error("the Stripe SDK came without its signature check");
  try {
    return signature.verifyHeader(rawBody, header, secret, tolerance, undefined, now.getTime());
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw error;
  }
}

/** The last `t` counts, as it does for the vendor; one that is no number says nothing about the time and is refused. */
function isAhead(header: string, now: Date, toleranceSeconds: number): boolean {
  const told = header
    .split(",")
    .filter((item) => item.startsWith("t="))
    .at(-1);
  const seconds = Number.parseInt(told?.slice(2) ?? "", 10);
  if (!Number.isFinite(seconds)) return true;
  return toleranceSeconds > 0 && seconds - now.getTime() / 1000 > toleranceSeconds;
}
