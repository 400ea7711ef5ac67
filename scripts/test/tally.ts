export type Tally = { passed: number; failed: number; skipped: { name: string; reason: string }[] };

export const emptyTally = (): Tally => ({ passed: 0, failed: 0, skipped: [] });

export function add(into: Tally, part: Tally): void {
  into.passed += part.passed;
  into.failed += part.failed;
  into.skipped.push(...part.skipped);
}

/** The last lines of `npm test`: each skip with its reason, then the sum. */
export function closing(tally: Tally): string {
  const reasons = tally.skipped.map(({ name, reason }) => `skipped: ${name}: ${reason}`);
  const skipped = tally.skipped.length > 0 ? `, ${tally.skipped.length} skipped` : "";
  return [...reasons, `${tally.passed} passed, ${tally.failed} failed${skipped}`].join("\n");
}
