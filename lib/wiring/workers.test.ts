import { beforeAll, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { relayEvents, type UnrelayedEvent } from "@/db/system";
import { connectForTest } from "@/lib/calendars/testing/connected";
import { bookAppointment, findSlots, holdSlot } from "@/lib/scheduling";
import { aCall } from "@/tests/call-in-progress";
import { emptyPgliteDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN, tuesday } from "@/tests/salon";
import { voiceApp } from "@/tests/voice-app";
import { subscriptions } from "./workers";

let database: Database;
beforeAll(async () => {
  database = await emptyPgliteDatabase();
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

test("a booking costs a job only where a calendar or an address waits for it", async () => {
  const { ctx, haircut, anna } = await createSalon(database);
  const book = async (time: string, email?: string) => {
    const start = { serviceId: haircut.id, staffId: anna.id, startsAt: tuesday(time), name: "Mia" };
    const booked = await bookAppointment(ctx, { ...start, ...(email ? { email } : {}) });
    if (!booked.ok) throw new Error(booked.reason);
    return booked.value.id;
  };
  const jobsOf = async (bookingId: string) => {
    const told: UnrelayedEvent[] = [];
    await relayEvents(database, 1_000, async (events) => void told.push(...events));
    const event = told.find(({ subjectId }) => subjectId === bookingId);
    if (!event) throw new Error("no event");
    return Object.entries(subscriptions)
      .filter(([, { on, when }]) => on.some((kind) => kind === event.kind) && (when?.(event) ?? true))
      .map(([name]) => name);
  };
  expect(await jobsOf(await book("09:00"))).toEqual([]);
  expect(await jobsOf(await book("10:00", "mia@example.test"))).toEqual(["mail-booking"]);
  await connectForTest(ctx, anna.id);
  expect(await jobsOf(await book("11:00"))).toEqual(["write-calendar"]);
});
