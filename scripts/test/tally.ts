/** A test that failed: `file` is what can be run again, `reason` the first line of its message. */
export type Failure = { name: string; file: string; reason: string };

export type Tally = {
  passed: number;
  failed: number;
  failures: Failure[];
  /** Failed once and passed when tried again alone: counted as passed, and named. */
  unsteady: Failure[];
  skipped: { name: string; reason: string }[];
};

export const emptyTally = (): Tally => ({ passed: 0, failed: 0, failures: [], unsteady: [], skipped: [] });

export function add(into: Tally, part: Tally): void {
  into.passed += part.passed;
  into.failed += part.failed;
  into.failures.push(...part.failures);
  into.unsteady.push(...part.unsteady);
  into.skipped.push(...part.skipped);
}

/** More failures than this are no accident of the moment, and are not tried again. */
const MOST_TRIED_AGAIN = 5;

/** The files worth a second try: none where anything failed that has no name, or too much did. */
export function filesToTryAgain({ failed, failures }: Tally): string[] {
  if (failed !== failures.length || failed > MOST_TRIED_AGAIN) return [];
  return [...new Set(failures.map(({ file }) => file))];
}

/** What `first` comes to once its failed files ran again as `second`: who passes the second time was unsteady. */
export function afterSecondTry(first: Tally, second: Tally): Tally {
  if (second.failed !== second.failures.length || second.passed === 0) return first;
  const key = ({ file, name }: Failure) => `${file} ${name}`;
  const again = new Set(second.failures.map(key));
  const unsteady = first.failures.filter((one) => !again.has(key(one)));
  return {
    ...first,
    passed: first.passed + unsteady.length,
    failed: first.failed - unsteady.length,
    failures: first.failures.filter((one) => again.has(key(one))),
    unsteady: [...first.unsteady, ...unsteady],
  };
}

/** The last lines of `npm test`: each skip, unsteady test and failure with its reason, then the sum. */
export function closing(tally: Tally): string {
  const reasons = tally.skipped.map(({ name, reason }) => `skipped: ${name}: ${reason}`);
  const named = (word: string, list: Failure[]) =>
    list.map(({ name, file, reason }) => `${word}: ${file} > ${name}: ${reason}`);
  const skipped = tally.skipped.length > 0 ? `, ${tally.skipped.length} skipped` : "";
  return [
    ...reasons,
    ...named("failed once, passed when tried again", tally.unsteady),
    ...named("failed", tally.failures),
    `${tally.passed} passed, ${tally.failed} failed${skipped}`,
  ].join("\n");
}

/** The first line of what an error says, short enough for a list. */
export const firstLine = (message: string | undefined): string =>
  (message ?? "no message").trim().split("\n", 1)[0]?.slice(0, 300) ?? "";
