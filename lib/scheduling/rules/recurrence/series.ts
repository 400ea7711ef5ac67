import type { LocalMs } from "./local-time";
import { type Budget, newBudget, occurrences, type Start } from "./occurrences";
import type { Rule } from "./rule";

/** A recurrence set of RFC 5545 §3.8.5, all of it on the wall clock of `start.zone`. */
export type Series = {
  start: Start;
  rules: readonly Rule[];
  exceptRules?: readonly Rule[];
  /** Single times that belong to it besides (RDATE), in any order. */
  extra?: readonly LocalMs[];
  /** Single times that do not (EXDATE). */
  except?: ReadonlySet<LocalMs>;
};

/** The times of a series, ascending, each once. Ends early when the budget is used up (`budget.steps` is then negative). */
export function* seriesTimes(series: Series, budget: Budget = newBudget()): Generator<LocalMs, void> {
  const { start, rules, exceptRules = [], extra = [], except } = series;
  const included = merge([...rules.map((rule) => occurrences(rule, start, budget)), ascending(extra)]);
  const excluded = merge(exceptRules.map((rule) => occurrences(rule, start, budget)));
  let nextExcluded = excluded.next();
  let last: LocalMs | undefined;
  for (const at of included) {
    if (at === last) continue;
    last = at;
    while (!nextExcluded.done && nextExcluded.value < at) nextExcluded = excluded.next();
    if (!nextExcluded.done && nextExcluded.value === at) continue;
    if (!except?.has(at)) yield at;
  }
}

function* ascending(times: readonly LocalMs[]): Generator<LocalMs, void> {
  yield* [...times].sort((a, b) => a - b);
}

function* merge(sources: Generator<LocalMs, void>[]): Generator<LocalMs, void> {
  const heads = sources.map((source) => source.next());
  for (;;) {
    let least = -1;
    let leastAt = Number.POSITIVE_INFINITY;
    for (const [n, head] of heads.entries())
      if (!head.done && head.value < leastAt) {
        least = n;
        leastAt = head.value;
      }
    const source = sources[least];
    if (!source) return;
    yield leastAt;
    heads[least] = source.next();
  }
}
