import { z } from "zod";

/** What is sold, as a form names it; the version is the current one, or the one the subscriber has. */
export const planChoice = z.object({
  plan: z.enum(["starter", "growth", "scale"], "Choose a plan."),
  every: z.enum(["month", "year"], "Choose monthly or yearly."),
});
export type PlanChoice = z.infer<typeof planChoice>;

/** Whole seconds, because that is what the engine counts in. */
const instant = z.date("This is no time.").transform((at) => new Date(Math.floor(at.getTime() / 1000) * 1000));

/** What was shown before: when it was computed, and what was to be paid at once in the currency's minor unit. */
export const planChangeInput = planChoice.extend({ at: instant, dueNow: z.bigint("This is no amount.") });
export type PlanChangeInput = z.input<typeof planChangeInput>;

/** A million million of the minor unit is more than anybody means. */
export const spendingCapInput = z.object({
  cap: z
    .bigint("Write an amount.")
    .min(0n, "A limit cannot be less than nothing.")
    .max(1_000_000_000_000n, "This is more than can be limited.")
    .nullable(),
});
export type SpendingCapInput = z.infer<typeof spendingCapInput>;
