import type Stripe from "stripe";

/** What the types would not let through. */
export const wrong = <T>(value: object): T => value as T;

export async function errorOf(work: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  return work.then(
    () => {
      throw new Error("it was not refused");
    },
    (error: Stripe.errors.StripeError) => error,
  );
}
