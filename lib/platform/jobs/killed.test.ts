import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, test } from "vitest";
import { relayEvents } from "@/db/system";
import { withTenant } from "@/db/tenant";
import { publishEvent } from "@/lib/events";
import { MemoryKv } from "@/lib/platform/kv";
import { createLogger } from "@/lib/platform/logger";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { createJobs } from ".";

const HEARTBEAT_SECONDS = 10;

test.skipIf(postgresUnavailable())(
  "what a server was doing when it was killed is done by another, once",
  async () => {
    const database = await postgresDatabase();
    const { ctx, orgId } = await createTestOrganization(database);
    for (const subjectId of ["bkg_1", "bkg_2", "bkg_3"])
      await withTenant(database, orgId, (tx) => publishEvent(ctx, tx, { kind: "booking.created", subjectId }));
    const script = path.resolve("tests/killed-worker.ts");
    const arguments_ = ["--import", "tsx", script, database.url, String(HEARTBEAT_SECONDS)];
    const server = spawn(process.execPath, arguments_, { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    for await (const chunk of server.stdout) {
      output += chunk;
      if (output.split("begun").length > 3) break;
    }
    const ended = once(server, "exit");
    server.kill("SIGKILL");
    await ended;

    const done: string[] = [];
    const jobs = createJobs({
      database,
      relay: (limit, deliver) => relayEvents(database, limit, deliver),
      workers: async () => ({
        subscriptions: { slow: { on: ["booking.created"], run: async (ref) => void done.push(ref.subjectId) } },
        periodic: [],
      }),
      kv: new MemoryKv(),
      log: createLogger({ level: "silent" }),
      heartbeatSeconds: HEARTBEAT_SECONDS,
    });
    await jobs.start({ loops: true });
    const until = Date.now() + 50_000;
    while (done.length < 3 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 100));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await jobs.stop();
    expect(done.sort()).toEqual(["bkg_1", "bkg_2", "bkg_3"]);
  },
  70_000,
);
