import { clientAddress, DIRECT, networkOf } from "@/lib/platform/http";
import type { Limit } from "@/lib/platform/rate-limit";
import type { App } from "./app";

/** Where no forwarded header can be believed everybody is one network: its limit has to suit them all. */
const SHARED_NETWORK_FACTOR = 4;

/** The key and the limit under which the asker's network is counted for `what`. */
export function networkLimit(
  { env }: Pick<App, "env">,
  what: string,
  { headers }: { headers: Headers },
  limit: Limit,
): [key: string, limit: Limit] {
  const network = networkOf(clientAddress(new Request(env.appUrl, { headers }), env));
  const factor = network === DIRECT ? SHARED_NETWORK_FACTOR : 1;
  return [`${what}:network:${network}`, { ...limit, limit: limit.limit * factor }];
}
