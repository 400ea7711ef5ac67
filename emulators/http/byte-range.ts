import type { HttpReply } from "./router";

/** Serves bytes whole, or the one range asked for (RFC 9110 §14); several ranges get the whole. */
export function byteRangeReply(bytes: Buffer, range: string | undefined, contentType: string): HttpReply {
  const headers: Record<string, string> = { "content-type": contentType, "accept-ranges": "bytes" };
  const found = range === undefined ? null : /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (!found || (found[1] === "" && found[2] === "")) return { status: 200, headers, body: bytes };
  const [first, last] = bounds(found[1] ?? "", found[2] ?? "", bytes.length);
  if (first > last || first >= bytes.length) {
    return { status: 416, headers: { ...headers, "content-range": `bytes */${bytes.length}` } };
  }
  headers["content-range"] = `bytes ${first}-${last}/${bytes.length}`;
  return { status: 206, headers, body: bytes.subarray(first, last + 1) };
}

function bounds(from: string, to: string, size: number): [number, number] {
  if (from === "") return [Math.max(0, size - Number(to)), size - 1];
  return [Number(from), to === "" ? size - 1 : Math.min(Number(to), size - 1)];
}
