import type { Call, Handlers } from "../call";

export const accountHandlers: Handlers<"Accounts.retrieveCurrent" | "Balance.retrieve"> = {
  "Accounts.retrieveCurrent": ({ world, books }: Call) => ({
    id: books.account,
    object: "account",
    business_profile: { name: world.settings.businessName, url: null },
    charges_enabled: true,
    country: "US",
    default_currency: "usd",
    details_submitted: true,
    email: "owner@caly.example",
    metadata: {},
    payouts_enabled: true,
    settings: { dashboard: { display_name: world.settings.businessName, timezone: "Etc/UTC" } },
    type: "standard",
  }),
  "Balance.retrieve": ({ books }: Call) => {
    const sums = new Map<string, number>();
    for (const charge of books.charges.all())
      if (charge.captured)
        sums.set(charge.currency, (sums.get(charge.currency) ?? 0) + charge.amount_captured - charge.amount_refunded);
    const rows = [...sums].map(([currency, amount]) => ({ amount, currency, source_types: { card: amount } }));
    return {
      object: "balance",
      available: rows,
      livemode: false,
      pending: rows.map((row) => ({ ...row, amount: 0, source_types: { card: 0 } })),
    };
  },
};
