import "server-only";
import { listOrganizationIds } from "@/db/system";
import { systemActor } from "@/lib/platform/context";
import { extendHolidays } from "@/lib/scheduling";
import { contextFor } from "./app";
import { holidayData } from "./holiday-data";
import type { WorkerTask } from "./workers";

const BATCH = 100;

export const schedulingTasks: WorkerTask[] = [
  {
    name: "extend-holidays",
    everySeconds: 86_400,
    async run(app, signal) {
      for (let after = ""; !signal.aborted; ) {
        const ids = await listOrganizationIds(app.database, after, BATCH);
        for (const orgId of ids) {
          const ctx = contextFor(app, orgId, systemActor("extend-holidays"));
          await extendHolidays(ctx, { holidays: holidayData }).catch((error: unknown) =>
            ctx.log.error({ err: error, job: "extend-holidays" }, "task failed"),
          );
        }
        after = ids.at(-1) ?? "";
        if (ids.length < BATCH) return;
      }
    },
  },
];
