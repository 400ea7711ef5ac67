import type { Turn } from "./types";

/** Loudness per equal slice of the recording, 0–1, for the two sides of the line. */
export type Peaks = { agent: readonly number[]; caller: readonly number[] };

/** The loudest sample of each of `buckets` slices, scaled so that the loudest of all is 1. */
export function peaksOf(samples: ArrayLike<number>, buckets: number): number[] {
  const size = samples.length / buckets;
  const peaks = Array.from({ length: buckets }, (_, bucket) => {
    let peak = 0;
    const end = Math.min(samples.length, Math.floor((bucket + 1) * size));
    for (let at = Math.floor(bucket * size); at < end; at += 1) peak = Math.max(peak, Math.abs(samples[at] ?? 0));
    return peak;
  });
  const loudest = Math.max(...peaks, 0);
  return loudest > 0 ? peaks.map((peak) => peak / loudest) : peaks;
}

/** Who speaks when, until the sound itself has been read: flat where a turn is, a line elsewhere. */
export function peaksOfTurns(turns: readonly Turn[], durationMs: number, buckets: number): Peaks {
  const starts = turns.map(({ offsetMs }) => offsetMs).sort((a, b) => a - b);
  const nextOf = new Map(starts.map((ms, at) => [ms, starts[at + 1] ?? durationMs]));
  const nextAfter = ({ offsetMs }: Turn) => nextOf.get(offsetMs) ?? durationMs;
  const flat = (role: Turn["role"]) => {
    const row = new Array<number>(buckets).fill(0);
    const own = turns.filter((turn) => turn.role === role);
    for (const turn of own) {
      const end = turn.offsetMs + (turn.durationMs ?? Math.max(0, nextAfter(turn) - turn.offsetMs));
      const from = Math.floor((turn.offsetMs / durationMs) * buckets);
      const to = Math.min(buckets, Math.ceil((end / durationMs) * buckets));
      for (let at = from; at < to; at += 1) row[at] = 0.45;
    }
    return row;
  };
  return durationMs > 0 ? { agent: flat("agent"), caller: flat("caller") } : { agent: [], caller: [] };
}

/** One side as the path of an SVG that is `peaks.length` wide and `height` high, mirrored about its middle. */
export function peaksPath(peaks: readonly number[], height: number): string {
  const middle = height / 2;
  const bars = peaks.map((peak, at) => {
    const half = Math.max(0.5, peak * (middle - 1));
    return `M${at + 0.5} ${(middle - half).toFixed(1)}V${(middle + half).toFixed(1)}`;
  });
  return bars.join("");
}
