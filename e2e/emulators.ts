import { emulatorClient } from "../scripts/demo/emulator-client";
import { readRuntime } from "../scripts/server/runtime-file";

function addressOf(vendor: "vapi" | "stripe"): string {
  const address = readRuntime(process.env.E2E_DATA_DIR ?? "")?.emulators[vendor];
  if (!address) throw new Error(`no emulator of ${vendor} runs`);
  return address;
}

async function post(url: string, body: object): Promise<unknown> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer emulated" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Lets time pass at the emulated Stripe: periods end, invoices are written and collected. */
export const passDays = (days: number) =>
  post(`${addressOf("stripe")}/_emulator/clock`, { skipSeconds: days * 86_400 });

/**
 * Rings an organisation's line, at once: a call of that many minutes that ends about now, of which most are silence, or a scenario. Says when it
 * ends.
 */
export async function ring(slug: string, how: { minutes: number } | { scenario: string }): Promise<Date> {
  const vapi = addressOf("vapi");
  const line = await emulatorClient(vapi).numberOf(slug);
  if (!line) throw new Error(`${slug} has no line`);
  const order = "minutes" in how ? { ...endsNow(how.minutes), speech: "estimated" } : how;
  const customer = { number: "+12025550177", name: "Long Caller" };
  const call = (await post(`${vapi}/_emulator/calls`, { phoneNumberId: line.id, speed: 0, customer, ...order })) as {
    id: string;
  };
  const done = await fetch(`${vapi}/_emulator/calls/${call.id}?waitMs=20000`);
  const { call: ended } = (await done.json()) as { call?: { endedAt?: string } };
  if (!ended?.endedAt) throw new Error(`the call: ${done.status}`);
  return new Date(ended.endedAt);
}

const PAUSE_MS = 600_000;

/** The words come on top of the pauses: what began as long ago as the pauses are long ends a moment from now. */
const endsNow = (minutes: number) => ({
  script: { turns: silence(minutes) },
  ringsAt: new Date(Date.now() - minutes * 60_000 + 30_000).toISOString(),
});

/** A call of `minutes`: said at its beginning, hung up at its end; what lies between is pauses. Words take some of the last minute. */
function silence(minutes: number): object[] {
  const pauses = [];
  for (let left = minutes * 60_000 - 30_000; left > 0; left -= PAUSE_MS)
    pauses.push({ pauseMs: Math.min(left, PAUSE_MS) });
  return [{ caller: "Hold the line, please." }, ...pauses, { hangUp: "caller" }];
}
