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

/** `workers` at once, each as fast as it is answered, until `times` runs are done. */
export async function concurrently(workers: number, times: number, run: () => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  let left = times;
  const work = async () => {
    while (left-- > 0) samples.push(await timed(run));
  };
  await Promise.all(Array.from({ length: workers }, work));
  return samples;
}
