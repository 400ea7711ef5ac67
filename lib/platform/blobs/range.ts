import { type ByteRange, RangeNotSatisfiable } from "./types";

/** Positions (inclusive) a range means in `size` bytes; throws RangeNotSatisfiable when it holds none of them (RFC 9110 §14.1.2). */
export function resolveRange(range: ByteRange, size: number): { start: number; end: number } {
  const start = "suffix" in range ? Math.max(0, size - range.suffix) : range.start;
  const end = Math.min("suffix" in range ? size - 1 : (range.end ?? size - 1), size - 1);
  if (start < 0 || start > end || ("suffix" in range && range.suffix <= 0)) throw new RangeNotSatisfiable(size);
  return { start, end };
}
