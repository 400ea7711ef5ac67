import type { ByteRange } from "@/lib/platform/blobs";

/**
 * The one range a request asks for (RFC 9110 §14.1.2). undefined, which means the whole, for no header, another unit, several ranges
 * or a broken one: a server may always ignore the header.
 */
export function byteRange(header: string | null): ByteRange | undefined {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.replace(/\s/g, "") ?? "");
  if (!found) return undefined;
  const [, first = "", last = ""] = found;
  if (first === "") return last === "" ? undefined : { suffix: Number(last) };
  if (last === "") return { start: Number(first) };
  return Number(last) < Number(first) ? undefined : { start: Number(first), end: Number(last) };
}
