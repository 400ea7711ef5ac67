import { openDatabase } from "@/db/client";
import { relayEvents } from "@/db/system";
import { createJobs } from "@/lib/platform/jobs";
import { MemoryKv } from "@/lib/platform/kv";
import { createLogger } from "@/lib/platform/logger";

/** A server to be killed: takes jobs, says so on standard output, and never finishes one. Arguments: database URL, heartbeat in seconds. */
const [url = "", heartbeatSeconds = "10"] = process.argv.slice(2);
const database = await openDatabase({ url, maxConnections: 4 });
const jobs = createJobs({
  database,
  relay: (limit, deliver) => relayEvents(database, limit, deliver),
  workers: async () => ({
    subscriptions: {
      slow: {
        on: ["booking.created"],
        run: (ref) => new Promise<void>(() => process.stdout.write(`begun ${ref.subjectId}\n`)),
      },
    },
    periodic: [],
  }),
  kv: new MemoryKv(),
  log: createLogger({ level: "silent" }),
  heartbeatSeconds: Number(heartbeatSeconds),
});
await jobs.start({ loops: true });
