import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { meteredBusiness, type OpenMeter, openMeter } from "@/tests/metered-business";

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
});
