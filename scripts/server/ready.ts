const READY_TIMEOUT_MS = 240_000;

/** Waits for /api/ready to say 200. Returns what it said last when it never does. */
export async function waitUntilReady(baseUrl: string, signal: AbortSignal): Promise<{ ok: boolean; last: string }> {
  const until = performance.now() + READY_TIMEOUT_MS;
  let last = "no answer";
  while (performance.now() < until && !signal.aborted) {
    try {
      const response = await fetch(`${baseUrl}/api/ready`, { signal: AbortSignal.timeout(10_000) });
      last = `${response.status} ${await response.text()}`;
      if (response.ok) return { ok: true, last };
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return { ok: false, last };
}
