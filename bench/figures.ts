/** The value below which the share `p` (0–1) of the samples lies. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

export async function timed(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
}

/** Runs `run` `times` times, one after the other, and returns each duration in milliseconds. */
export async function repeat(times: number, run: () => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let n = 0; n < times; n++) samples.push(await timed(run));
  return samples;
}

/**
 * `lines` at once, each as fast as it is answered: what belongs together (each `together` of the items, as in one telephone call) is done on
 * one line, one after the other. Returns each duration.
 */
export async function onLines<T>(
  lines: number,
  together: number,
  items: readonly T[],
  run: (item: T) => Promise<unknown>,
): Promise<number[]> {
  const times = await Promise.all(
    Array.from({ length: lines }, async (_, line) => {
      const samples: number[] = [];
      for (const [at, item] of items.entries())
        if (Math.floor(at / together) % lines === line) samples.push(await timed(() => run(item)));
      return samples;
    }),
  );
  return times.flat();
}
