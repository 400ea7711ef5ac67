export const trades = ["clinic", "salon", "restaurant", "trades", "property", "retail", "other"] as const;
export type Trade = (typeof trades)[number];

export const tradeLabels: Record<Trade, string> = {
  clinic: "Clinic or practice",
  salon: "Salon or barber",
  restaurant: "Restaurant or café",
  trades: "Plumbing, heating, electrics",
  property: "Property and lettings",
  retail: "Shop",
  other: "Something else",
};
