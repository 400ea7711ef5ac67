/** What a subscriber may have. null is as much as they like. */
export type Entitlements = {
  agents: number | null;
  /** Of connections that are switched on, each with the numbers known of it, or one. */
  numbers: number | null;
  /** Open invitations count. Whom an identity provider makes a member is one, however many there are. */
  members: number | null;
  retentionDays: number;
  /** What the organisation asks of us: searches, files, test calls. Never pages, what providers send, or what callers do. */
  requestsPerMinute: number;
  /** Who calls beyond them can leave a message. */
  callsAtOnce: number;
};

/** In minor units of the currency. `perMinute` is for minutes beyond the included ones; a year costs ten months. */
export type Prices = { month: bigint; year: bigint; perMinute: bigint };

export type PlanId = "starter" | "growth" | "scale";
export type PlanCurrency = "USD" | "INR";

export type PlanVersion = {
  plan: PlanId;
  version: number;
  name: string;
  /** Included in each month; a yearly subscriber has twelve times as many for the year. */
  minutesAMonth: number;
  prices: Record<PlanCurrency, Prices>;
  entitlements: Entitlements;
};

/**
 * Every version of every plan that anybody ever subscribed to. A version is never changed: another price or allowance is a new version at
 * the end, and who has subscribed keeps theirs.
 */
export const planVersions: readonly PlanVersion[] = [
  {
    plan: "starter",
    version: 1,
    name: "Starter",
    minutesAMonth: 300,
    prices: {
      USD: { month: 9_700n, year: 97_000n, perMinute: 25n },
      INR: { month: 799_900n, year: 7_999_000n, perMinute: 1_900n },
    },
    entitlements: {
      agents: 3,
      numbers: 2,
      members: 5,
      retentionDays: 365,
      requestsPerMinute: 60,
      callsAtOnce: 3,
    },
  },
  {
    plan: "growth",
    version: 1,
    name: "Growth",
    minutesAMonth: 1_000,
    prices: {
      USD: { month: 24_700n, year: 247_000n, perMinute: 22n },
      INR: { month: 1_999_900n, year: 19_999_000n, perMinute: 1_700n },
    },
    entitlements: {
      agents: 10,
      numbers: 10,
      members: 25,
      retentionDays: 1_095,
      requestsPerMinute: 300,
      callsAtOnce: 10,
    },
  },
  {
    plan: "scale",
    version: 1,
    name: "Scale",
    minutesAMonth: 3_000,
    prices: {
      USD: { month: 59_700n, year: 597_000n, perMinute: 18n },
      INR: { month: 4_999_900n, year: 49_999_000n, perMinute: 1_400n },
    },
    entitlements: {
      agents: null,
      numbers: null,
      members: null,
      retentionDays: 3_650,
      requestsPerMinute: 1_200,
      callsAtOnce: 40,
    },
  },
];

/** Everything Growth has, for two weeks or an hour of calls, whichever is over first. */
export const trial = { plan: "growth", days: 14, minutes: 60 } as const;

/** undefined for a plan or version that never was. */
export const findPlan = (plan: string, version: number): PlanVersion | undefined =>
  planVersions.find((each) => each.plan === plan && each.version === version);

/** What is sold now, the smallest first. */
export const currentPlans: readonly PlanVersion[] = planVersions.filter(
  (each) => !planVersions.some((other) => other.plan === each.plan && other.version > each.version),
);

export const currentPlan = (plan: PlanId): PlanVersion => {
  const found = currentPlans.find((each) => each.plan === plan);
  if (!found) throw new Error(`no plan ${plan}`);
  return found;
};

/** Indian organisations pay in rupees, all others in US dollars. */
export const planCurrency = (currency: string): PlanCurrency => (currency === "INR" ? "INR" : "USD");
