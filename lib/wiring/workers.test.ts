import { beforeAll, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { findSlots, holdSlot } from "@/lib/scheduling";
import { aCall } from "@/tests/call-in-progress";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN } from "@/tests/salon";
import { voiceApp } from "@/tests/voice-app";
import { subscriptions } from "./workers";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

test("the end of a call frees the time it had kept", async () => {
  const clock = { now: () => new Date(FRIDAY_TEN) };
  const { ctx, haircut, anna } = await createSalon(database, { now: clock });
  const day = { serviceId: haircut.id, staffId: anna.id, fromDate: "2026-11-24", toDate: "2026-11-24" };
  const offered = async () => (await findSlots(ctx, day)).slots.map(({ slot }) => slot);
  const before = await offered();
  const callId = await aCall(database, ctx);
  await holdSlot(ctx, { slot: before[0] ?? "", callId });
  expect((await offered()).length).toBeLessThan(before.length);
  const app = voiceApp(database, ctx.keys, { clock });
  for (const subscription of Object.values(subscriptions))
    if (subscription.on.includes("call.ended"))
      await subscription.run(
        app,
        { orgId: ctx.orgId, subjectId: callId, eventId: "evt_1" },
        new AbortController().signal,
      );
  expect(await offered()).toEqual(before);
});
