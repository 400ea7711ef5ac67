/** What a call costs us, in millionths of a US dollar, as its provider reported it. */
export type CallCost = {
  telephony: bigint;
  /** Hearing and speaking. */
  speech: bigint;
  /** Answering, and telling afterwards what the call was about. */
  model: bigint;
  /** What the provider takes for itself. */
  platform: bigint;
  /** What it names otherwise or not at all. */
  other: bigint;
  total: bigint;
};

const partOf: Record<string, keyof CallCost> = {
  transport: "telephony",
  transcriber: "speech",
  voice: "speech",
  model: "model",
  analysis: "model",
  platform: "platform",
};

export const noCost: CallCost = { telephony: 0n, speech: 0n, model: 0n, platform: 0n, other: 0n, total: 0n };

/** Of a call's total and its parts. Parts that say less than the total leave the rest unnamed. null: nothing was reported. */
export function costOf(total: string | null, parts: Record<string, number> | null): CallCost | null {
  if (total === null) return null;
  const cost = { ...noCost, total: BigInt(total) };
  for (const [name, part] of Object.entries(parts ?? {})) cost[partOf[name] ?? "other"] += BigInt(Math.round(part));
  const named = cost.telephony + cost.speech + cost.model + cost.platform + cost.other;
  return { ...cost, other: cost.other + cost.total - named };
}

export const addCosts = (a: CallCost, b: CallCost): CallCost => ({
  telephony: a.telephony + b.telephony,
  speech: a.speech + b.speech,
  model: a.model + b.model,
  platform: a.platform + b.platform,
  other: a.other + b.other,
  total: a.total + b.total,
});
