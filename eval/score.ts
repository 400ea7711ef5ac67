/** One row a set got wrong: what its gold says and what we answered (undefined: nothing). */
export type Miss = { id: string; expected: unknown; got: unknown };

/** Shares are between 0 and 1; `correct` of `n` rows are right, `covered` is the share that was answered at all; `notes` are told before the figures. */
export type Score = { n: number; covered: number; correct: number; accuracy: number; misses: Miss[]; notes?: string[] };

/** What a file in eval/sets exports as `evaluate`; `options.file` is where the rows were read, for what lies beside them. */
export type Evaluate = (rows: unknown[], options: { file: string }) => Promise<Score>;

export type Judged = { id: string; expected: unknown; got: unknown; isCovered: boolean; isCorrect: boolean };

/** Counts rows that were judged one by one. Rows that a set's README calls contested or out of scope are left out before. */
export function scoreOf(judged: readonly Judged[]): Score {
  const n = judged.length;
  const correct = judged.filter((each) => each.isCorrect).length;
  const covered = judged.filter((each) => each.isCovered).length;
  return {
    n,
    covered: n === 0 ? 0 : covered / n,
    correct,
    accuracy: n === 0 ? 0 : correct / n,
    misses: judged.filter((each) => !each.isCorrect).map(({ id, expected, got }) => ({ id, expected, got })),
  };
}
