import type { Entitlements } from "./catalog";

export type Counted = "agents" | "numbers" | "members";

const words: Record<Counted, [one: string, many: string]> = {
  agents: ["agent", "agents"],
  numbers: ["number", "numbers"],
  members: ["member or open invitation", "members and open invitations"],
};

/** Why one more may not be had, as a sentence for who asks; undefined where it may. `has` is how many there are. */
export function tooMany(plan: { name: string; entitlements: Entitlements }, what: Counted, has: number) {
  const most = plan.entitlements[what];
  if (most === null || has < most) return undefined;
  return `Your plan, ${plan.name}, has ${most} ${words[what][most === 1 ? 0 : 1]}. Choose a larger plan for more.`;
}

export const tooManyRequests = (plan: { name: string; entitlements: Entitlements }, wait: string) =>
  `Your plan, ${plan.name}, has ${plan.entitlements.requestsPerMinute} requests a minute. Try again in ${wait}, or choose a larger plan.`;

export const keptTooLong = (plan: { name: string; entitlements: Entitlements }, days: number) =>
  days <= plan.entitlements.retentionDays
    ? undefined
    : `Your plan, ${plan.name}, keeps calls for up to ${plan.entitlements.retentionDays} days. Choose a larger plan for more.`;
