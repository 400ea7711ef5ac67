import { z } from "zod";
import { minutes } from "./fields";

export type Consent = { acceptedFeeCents?: number | undefined; waive?: boolean; waiveReason?: string };

const cancellationFee = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("percent"), percent: z.number().int().min(1).max(100, "At most 100 percent.") }),
  z.object({ kind: z.literal("fixed"), cents: z.number().int().min(1).max(100_000_000, "That fee is too high.") }),
]);

export const cancellationWindow = z
  .object({
    withinMinutes: minutes(1, 525_600, "Window"),
    fee: cancellationFee.nullable().default(null),
    isRefused: z.boolean().default(false),
  })
  .refine((window) => !(window.isRefused && window.fee), "A change that is refused has no fee.");
export type CancellationWindow = z.output<typeof cancellationWindow>;

/** `serviceId` null = every service without a policy of its own. No windows = always free of charge. */
export const cancellationPolicyInput = z.object({
  serviceId: z.string().max(80).nullable(),
  windows: z
    .array(cancellationWindow)
    .max(5, "At most five windows.")
    .refine((all) => new Set(all.map((each) => each.withinMinutes)).size === all.length, "Two windows are the same."),
  coversMoves: z.boolean().default(false),
});
export type CancellationPolicyInput = z.input<typeof cancellationPolicyInput>;

/** What changing a booking means at this moment; `fee` is the amount as people read it. */
export type ChangeTerms = {
  isAllowed: boolean;
  feeCents: number;
  fee: string;
  currency: string;
  freeUntilMs: number | null;
  withinMinutes: number | null;
};
