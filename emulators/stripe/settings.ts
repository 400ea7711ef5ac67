import { z } from "zod";

/** What is set in Stripe's dashboard rather than by its API, and how the emulator plays. */
export const settingsShape = z.strictObject({
  /** Days from one failed attempt to the next; after the last, `afterRetries`. */
  retryDays: z.array(z.number().int().min(1).max(30)).max(8).default([3, 5, 7]),
  afterRetries: z.enum(["unpaid", "cancel", "past_due"]).default("unpaid"),
  /** How long a renewal's invoice stays a draft, for late usage. */
  graceSeconds: z.number().int().min(0).max(259_200).default(3600),
  businessName: z.string().min(1).max(100).default("Caly"),
  /** A meter event that cannot be counted is refused at once, or taken and told of later by a thin event, as Stripe does. */
  meterErrors: z.enum(["later", "at-once"]).default("later"),
  meterErrorDelayMs: z.number().int().min(0).max(600_000).default(50),
  webhookRetryMs: z
    .array(z.number().int().min(0).max(86_400_000))
    .max(20)
    .default([1000, 5000, 30_000, 120_000, 600_000]),
  webhookConcurrency: z.number().int().min(1).max(100).default(8),
});

export type Settings = z.output<typeof settingsShape>;
export const defaultSettings = (): Settings => settingsShape.parse({});
