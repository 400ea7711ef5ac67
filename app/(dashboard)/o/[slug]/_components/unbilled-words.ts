import type { UsageLine } from "@/lib/billing";

/** Why a call costs nothing. */
export const unbilledWords: Record<NonNullable<UsageLine["unbilled"]>, string> = {
  test_call: "Free: a test call",
  not_answered: "Free: nobody answered",
  our_failure: "Free: a failure on our side",
  too_short: "Free: too short to count",
  limited: "Free: only a message could be left",
};
