import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { sendBehind, sqlState } from "@/db/tenant";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { MINUTE, meteredBusiness, type OpenMeter, openMeter } from "@/tests/metered-business";
import { seedCall } from "@/tests/seed-call";
import { countUsage } from "..";

const LOCK_NOT_AVAILABLE = "55P03";

describe.skipIf(postgresUnavailable())("a call that is counted while its subscription begins", () => {
  let database: Database;
  let meter: OpenMeter;
  beforeAll(async () => {
    database = await postgresDatabase();
    meter = await openMeter();
  });
  afterAll(() => meter.close());

  it("waits for it and is charged", async () => {
    const made = await meteredBusiness(database, meter, { customerRef: null });
    const begun = Promise.withResolvers<void>();
    const known = Promise.withResolvers<void>();
    const beginning = made.inOrg(async (tx) => {
      await tx.update(subscriptions).set({ customerRef: made.customerRef }).where(eq(subscriptions.orgId, made.orgId));
      begun.resolve();
      await known.promise;
    });
    await begun.promise;
    const counting = made.call(5);
    expect(await Promise.race([counting, sleep(300, "waits")])).toBe("waits");
    known.resolve();
    await Promise.all([beginning, counting]);
    expect(await made.events()).toMatchObject([{ minutes: 5, state: "pending" }]);
  });

  it("is waited for by it, whatever else of the same transaction is on its way unanswered", async () => {
    const made = await meteredBusiness(database, meter, { customerRef: null });
    const ended = new Date(meter.clock.now().getTime() - MINUTE);
    const { connectionId } = made;
    const callId = await seedCall(database, made.orgId, {
      connectionId,
      reported: true,
      startedAt: ended,
      endedAt: ended,
    });
    const isFree = () =>
      database.pool
        ?.query(`select from subscriptions where org_id = '${made.orgId}' for no key update nowait`)
        .then(() => true, sqlState);
    await made.inOrg(async (tx) => {
      await sendBehind(tx, sql`select 1`, sql`select 2`);
      expect(await isFree()).toBe(true);
      expect(await countUsage({ ...made.ctx, tx }, callId)).toBe("counted");
      expect(await isFree()).toBe(LOCK_NOT_AVAILABLE);
    });
    expect(await isFree()).toBe(true);
  });
});
