import { Redis } from "@upstash/redis";
import type { Kv } from "@/lib/platform/kv";

export type UpstashConfig = { url: string; token: string };

/** No automatic JSON: what was written is what is read. */
export const upstashRedis = (config: UpstashConfig): Redis =>
  new Redis({
    ...config,
    automaticDeserialization: false,
    enableTelemetry: false,
    retry: { retries: 1, backoff: () => 50 },
    signal: () => AbortSignal.timeout(1_500),
  });

const INCREMENT = `local n = redis.call("incr", KEYS[1])
if n == 1 then redis.call("expire", KEYS[1], ARGV[1]) end
return n`;

/** Upstash Redis over its REST interface. */
export function upstashKv(config: UpstashConfig): Kv {
  const redis = upstashRedis(config);
  return {
    get: async (key) => (await redis.get<string>(key)) ?? undefined,
    async set(key, value, { ttlSeconds, onlyIfAbsent }) {
      const written = onlyIfAbsent
        ? await redis.set(key, value, { ex: ttlSeconds, nx: true })
        : await redis.set(key, value, { ex: ttlSeconds });
      return written === "OK";
    },
    async del(key) {
      await redis.del(key);
    },
    incr: async (key, { ttlSeconds }) => Number(await redis.eval(INCREMENT, [key], [String(ttlSeconds)])),
  };
}
