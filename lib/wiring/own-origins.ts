import type { Env } from "@/lib/platform/env";

/** Where our own pages come from. On one's own machine the same server is called localhost and 127.0.0.1. */
export function ownOrigins(env: Pick<Env, "appUrl" | "loopbackOnly">): string[] {
  const url = new URL(env.appUrl);
  if (!env.loopbackOnly) return [url.origin];
  return ["localhost", "127.0.0.1"].map((host) => `${url.protocol}//${host}${url.port ? `:${url.port}` : ""}`);
}
