import { isIP } from "node:net";
import type { Env } from "../env";
import { processEnv } from "../runtime";

/** What stands for an address where none can be believed. */
export const DIRECT = "direct";

/**
 * The caller's network address, for rate limits and the audit trail. A forwarded header counts only behind the configured proxy:
 * Vercel overwrites its headers (https://vercel.com/docs/headers/request-headers), a single proxy of one's own appends to the last entry.
 * Without one the answer is "direct": anybody could have written the header.
 */
export function clientAddress(request: Request, env: Pick<Env, "trustedProxy"> = processEnv()): string {
  const forwarded = (name: string) => request.headers.get(name)?.split(",").map(addressIn) ?? [];
  if (env.trustedProxy === "vercel")
    return forwarded("x-vercel-forwarded-for")[0] ?? forwarded("x-forwarded-for")[0] ?? DIRECT;
  if (env.trustedProxy === "one-hop") return forwarded("x-forwarded-for").at(-1) ?? DIRECT;
  return DIRECT;
}

/** An IPv6 customer commands a whole /64: limits count that, not the single address. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail = ""] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const groups = address.includes("::")
    ? [...left, ...Array(8 - left.length - right.length).fill("0"), ...right]
    : left;
  return `${groups
    .slice(0, 4)
    .map((g) => Number.parseInt(g, 16).toString(16))
    .join(":")}::/64`;
}

/** The address in one entry of the header, which may carry a port or brackets; undefined when it is none. */
function addressIn(entry: string): string | undefined {
  const text = entry.trim().toLowerCase();
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? (/^[\d.]+:\d+$/.test(text) ? text.split(":")[0] : text) ?? "";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1];
  const address = mapped ?? bare;
  return isIP(address) ? address : undefined;
}
