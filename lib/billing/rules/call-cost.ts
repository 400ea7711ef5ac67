/** What a call cost at its provider, in millionths of a US dollar, as the provider reported it. */
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

const noCost: CallCost = { telephony: 0n, speech: 0n, model: 0n, platform: 0n, other: 0n, total: 0n };

/** Of a call's total and its parts. Parts that say less than the total leave the rest unnamed. null: nothing was reported. */
export function costByPart(total: string | number | null, parts: Record<string, number> | null): CallCost | null {
  if (total === null) return null;
  const cost = { ...noCost, total: BigInt(total) };
  for (const [name, part] of Object.entries(parts ?? {})) cost[partOf[name] ?? "other"] += BigInt(Math.round(part));
  const named = cost.telephony + cost.speech + cost.model + cost.platform + cost.other;
  return { ...cost, other: cost.other + cost.total - named };
}
