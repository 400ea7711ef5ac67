import path from "node:path";
import { sql } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { readDemo } from "@/scripts/demo/demo-file";
import { emulatorClient } from "@/scripts/demo/emulator-client";
import { type Child, startChild } from "@/scripts/server/child";
import { startVapiEmulator } from "@/scripts/server/emulators";
import { inProject } from "@/scripts/server/project";
import { waitUntilReady } from "@/scripts/server/ready";
import { bare } from "../bare-environment";
import { freePort } from "../free-port";
import { signInOverHttp } from "./session";
import { temporaryFolder, until } from "./start";

type Delivery = {
  callId: string;
  type: string;
  detail?: string;
  kind: string;
  isAcknowledged: boolean;
  bodySha256: string;
  toolCallIds?: string[];
  response?: { results?: { toolCallId: string; result?: string; error?: string }[] };
  status?: number;
  error?: string;
};

export type KillReport = {
  calls: number;
  deliveries: number;
  /** Attempts that met no server, or one that was going down. */
  unanswered: number;
  acknowledged: number;
  dropped: number;
  duplicates: number;
  bookings: number;
  downMs: number;
  settleMs: number;
  /** Each must be empty. */
  lost: string[];
  doubled: string[];
  stuck: string[];
  differing: string[];
};

const DAYS = ["tomorrow", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/**
 * Calls placed at once through the emulator with duplicates, reordering and drops, while the server's process is killed in the middle
 * and started again. Afterwards its database is opened and held against what the emulator has been told.
 */
export async function killUnderLoad(options: {
  calls: number;
  /** Message types that may be lost on the way. */
  dropped: string[];
  seed: number;
}): Promise<KillReport> {
  const folder = temporaryFolder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const emulator = await startVapiEmulator(folder.path, () => {});
  let server = startServer(folder.path, port, emulator.url);
  try {
    await ready(url);
    const demo = readDemo(folder.path);
    if (!demo) throw new Error("the server wrote no demo.json");
    const client = emulatorClient(emulator.url);
    const number = await client.numberOf(demo.org);
    if (!number) throw new Error("the demo has no emulated number");
    const orders = Array.from({ length: options.calls }, (_, n) => ({
      phoneNumberId: number.id,
      scenario: n % 5 === 4 ? "message" : n % 2 ? "booking-afternoon" : "booking",
      speed: 12,
      speech: "estimated" as const,
      seed: options.seed + n,
      customer: { number: `+1202555${String(1000 + n)}`, name: `Caller ${n}` },
      variables: { name: `Caller ${n}`, day: DAYS[n % DAYS.length] },
      redeliver: { maxMs: 60_000 },
      faults: [
        { type: "duplicate", p: 0.3, afterMs: 5 },
        { type: "reorder", p: 0.3, window: 4 },
        { type: "drop", p: 0.1, messages: options.dropped },
      ],
    }));
    const placed = await Promise.all(orders.map((order) => client.place(order)));
    const ids = placed.map((call) => call.id);

    await new Promise((resolve) => setTimeout(resolve, 2_000));
    process.kill(server.process.pid ?? 0, "SIGKILL");
    await server.ended;
    const downAt = Date.now();
    server = startServer(folder.path, port, emulator.url);
    await ready(url);
    const downMs = Date.now() - downAt;

    await Promise.all(ids.map((id) => ask(emulator.url, `/_emulator/calls/${id}?waitMs=180000`)));
    const settledFrom = Date.now();
    const cookie = await signInOverHttp(url, demo.signIn.email);
    const isSettled = async () => {
      const csv = await (await fetch(`${url}/o/${demo.org}/calls/export.csv`, { headers: { cookie } })).text();
      const lines = csv.split("\r\n").filter((line) => /^"?call_/.test(line));
      return lines.length > 0 && lines.every((line) => /\bended\b/.test(line));
    };
    await until(isSettled, 240_000, 1_000);
    // A late report may still be fetched from the provider after a call has ended.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const settleMs = Date.now() - settledFrom;
    const deliveries = (
      await Promise.all(ids.map((id) => ask<Delivery[]>(emulator.url, `/_emulator/calls/${id}/deliveries`)))
    ).flat();
    await server.stop();
    return { ...(await compare(folder.path, ids, deliveries)), calls: ids.length, downMs, settleMs };
  } finally {
    await server.stop();
    await emulator.child.stop();
    folder.remove();
  }
}

function startServer(dataDir: string, port: number, emulatorUrl: string): Child {
  const child = startChild(
    "server",
    [inProject("node_modules/next/dist/bin/next"), "start", "-H", "127.0.0.1", "-p", String(port)],
    {
      env: {
        ...bare,
        NODE_ENV: "production",
        DATABASE_URL: undefined,
        HOST: "127.0.0.1",
        PORT: String(port),
        APP_URL: `http://127.0.0.1:${port}`,
        CALY_DATA_DIR: path.resolve(dataDir),
        CALY_EMULATOR_VAPI_URL: emulatorUrl,
        NEXT_MANUAL_SIG_HANDLE: "true",
        LOG_LEVEL: "error",
      },
    },
  );
  child.process.stdout?.resume();
  child.process.stderr?.on("data", (part: Buffer) => process.stderr.write(part));
  return child;
}

async function ready(url: string): Promise<void> {
  const { ok, last } = await waitUntilReady(url, AbortSignal.timeout(60_000));
  if (!ok) throw new Error(`the server did not become ready: ${last}`);
}

async function ask<T>(emulatorUrl: string, address: string): Promise<T> {
  const response = await fetch(`${emulatorUrl}${address}`, { signal: AbortSignal.timeout(200_000) });
  return (await response.json()) as T;
}

type Row = Record<string, string | number | null>;

async function compare(dataDir: string, ids: string[], deliveries: Delivery[]) {
  const database = await openDatabase({ dataDir: path.join(dataDir, "postgres") });
  const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows as Row[];
  try {
    const inbox = await rows(sql`select call_external_id, kind, dedupe_key, processed_at from inbox_events`);
    const calls = await rows(sql`select id, external_id, status from calls`);
    const tools = await rows(sql`select t.external_id, t.status, t.name, t.result->>'say' as said from tool_calls t`);
    const bookings = await rows(sql`select id, call_id from bookings where status = 'confirmed'`);
    const events = await rows(
      sql`select subject_id, count(*)::int as n from events where kind = 'booking.created' group by 1`,
    );
    const audits = await rows(
      sql`select subject_id, count(*)::int as n from audit_entries where action = 'booking.created' group by 1`,
    );

    const keys = new Set(inbox.map((row) => row.dedupe_key));
    const claimed = new Set(tools.map((row) => row.external_id));
    const acknowledged = deliveries.filter((delivery) => delivery.isAcknowledged);
    const kept = ({ type, detail, callId, bodySha256, toolCallIds }: Delivery): boolean => {
      if (type === "tool-calls") return (toolCallIds ?? []).every((id) => claimed.has(id));
      if (type === "status-update") return keys.has(`${type}:${callId}:${detail}`);
      if (type === "end-of-call-report") return keys.has(`${type}:${callId}`);
      return keys.has(`${type}:${callId}:${bodySha256}`);
    };

    const answers = new Map<string, Set<string>>();
    for (const { response } of acknowledged)
      for (const { toolCallId, result } of response?.results ?? [])
        answers.set(toolCallId, (answers.get(toolCallId) ?? new Set()).add(result ?? ""));
    const booked = tools.filter((tool) => tool.name === "book_appointment" && tool.status === "ok").length;
    const perCall = new Map<unknown, number>();
    for (const { call_id } of bookings) perCall.set(call_id, (perCall.get(call_id) ?? 0) + 1);
    const known = new Set(calls.map((call) => call.external_id));
    const heard = new Set(acknowledged.map((delivery) => delivery.callId));

    return {
      deliveries: deliveries.length,
      unanswered: deliveries.filter((delivery) => delivery.kind !== "dropped" && !delivery.status).length,
      acknowledged: acknowledged.length,
      dropped: deliveries.filter((delivery) => delivery.kind === "dropped").length,
      duplicates: deliveries.filter((delivery) => delivery.kind === "duplicate").length,
      bookings: bookings.length,
      lost: [
        ...acknowledged
          .filter((delivery) => !kept(delivery))
          .map(({ type, detail, callId }) => `${callId} ${type} ${detail ?? ""}`),
        ...ids.filter((id) => heard.has(id) && !known.has(id)).map((id) => `${id} is not among the calls`),
      ],
      doubled: [
        ...[...perCall].filter(([, n]) => n > 1).map(([id, n]) => `${n} bookings of ${id}`),
        ...[...events, ...audits]
          .filter((row) => row.n !== 1)
          .map((row) => `${row.n} events or audit rows of ${row.subject_id}`),
        ...(booked === bookings.length && events.length === bookings.length && audits.length === bookings.length
          ? []
          : [`${bookings.length} bookings, ${booked} results, ${events.length} events, ${audits.length} audit rows`]),
      ],
      stuck: [
        ...calls.filter((call) => call.status !== "ended").map((call) => `${call.id} ${call.status}`),
        ...tools.filter((tool) => !tool.said).map((tool) => `tool call ${tool.external_id} has no answer`),
        ...inbox.filter((row) => row.processed_at === null).map((row) => `inbox ${row.dedupe_key}`),
      ],
      differing: [...answers].filter(([, results]) => results.size > 1).map(([id]) => id),
    };
  } finally {
    await database.close();
  }
}
