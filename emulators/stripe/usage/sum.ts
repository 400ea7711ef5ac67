import type { Books } from "../state/books";

/** What a meter's events of one customer come to in [from, to), whole units; by the meter's own aggregation. */
export function usageOf(books: Books, meterId: string, customer: string, from: number, to: number): bigint {
  const meter = books.meters.get(meterId);
  const formula = meter?.default_aggregation.formula ?? "sum";
  let total = 0n;
  let last: { timestamp: number; value: bigint } | undefined;
  for (const record of books.usage.all("of", `${meterId} ${customer}`)) {
    if (record.isCancelled || record.timestamp < from || record.timestamp >= to) continue;
    const value = BigInt(record.value);
    total += formula === "count" ? 1n : value;
    if (!last || record.timestamp >= last.timestamp) last = { timestamp: record.timestamp, value };
  }
  if (formula === "last") return last?.value ?? 0n;
  return total < 0n ? 0n : total;
}

export function wireUsage(value: bigint): number {
  return Number(value);
}
