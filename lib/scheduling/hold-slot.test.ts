import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { aCall } from "@/tests/call-in-progress";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN, tuesday } from "@/tests/salon";
import { bookAppointment } from "./book-appointment";
import { findSlots } from "./find-slots";
import { getAvailability } from "./get-availability";
import { holdSlot } from "./hold-slot";
import { releaseHold } from "./release-hold";
import { parseIsoDay } from "./rules/civil";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

async function setup() {
  let now = FRIDAY_TEN;
  const salon = await createSalon(database, { now: { now: () => new Date(now) } });
  const { slots } = await findSlots(salon.ctx, {
    serviceId: salon.haircut.id,
    staffId: salon.anna.id,
    fromDate: "2026-11-24",
    toDate: "2026-11-24",
  });
  const slot = (time: string) => slots.find((each) => each.startsAt === tuesday(time))?.slot ?? "";
  const free = async (time: string) =>
    (
      await findSlots(salon.ctx, {
        serviceId: salon.haircut.id,
        staffId: salon.anna.id,
        fromDate: "2026-11-24",
        toDate: "2026-11-24",
      })
    ).slots.some((each) => each.startsAt === tuesday(time));
  const holds = async () => (await getAvailability(salon.ctx, { from: parseIsoDay("2026-11-24") ?? 0, days: 1 })).holds;
  const later = (minutes: number) => {
    now = new Date(Date.parse(FRIDAY_TEN) + minutes * 60_000).toISOString();
  };
  return { salon, slot, free, holds, later };
}

describe("holdSlot", () => {
  it("keeps a time from everybody else until it expires, without anything having to clean up", async () => {
    const { salon, slot, free, holds, later } = await setup();
    const held = await holdSlot(salon.ctx, { slot: slot("10:30") });
    expect(held.ok && held.value.expiresAt.toISOString()).toBe("2026-11-20T15:05:00.000Z");
    expect(await free("10:30")).toBe(false);
    expect(await holds()).toMatchObject([
      { serviceName: "Haircut", dayIso: "2026-11-24", startMinute: 630, endMinute: 660 },
    ]);
    later(5);
    expect(await free("10:30")).toBe(true);
    expect(await holds()).toEqual([]);
    expect((await holdSlot(salon.ctx, { slot: slot("10:30") })).ok).toBe(true);
  });

  it("is refused with alternatives when the time is taken", async () => {
    const { salon, slot } = await setup();
    await holdSlot(salon.ctx, { slot: slot("10:30") });
    const again = await holdSlot(salon.ctx, { slot: slot("10:30") });
    expect(again.ok || [again.reason, again.detail.alternatives.length]).toEqual(["slot_taken", 3]);
    const unknown = await holdSlot(salon.ctx, { slot: "half past ten" });
    expect(unknown.ok || unknown.reason).toBe("unknown_slot");
  });

  it("is one per call: the newer lets the older go, and the call's own booking consumes it", async () => {
    const { salon, slot, free, holds } = await setup();
    const callId = await aCall(database, salon.ctx);
    await holdSlot(salon.ctx, { slot: slot("10:30"), callId });
    await holdSlot(salon.ctx, { slot: slot("10:30"), callId });
    await holdSlot(salon.ctx, { slot: slot("11:00"), callId });
    expect([await free("10:30"), await free("11:00"), (await holds()).length]).toEqual([true, false, 1]);
    const stranger = await bookAppointment(salon.ctx, { slot: slot("11:00"), name: "Stranger" });
    expect(stranger.ok || stranger.reason).toBe("slot_taken");
    expect((await bookAppointment(salon.ctx, { slot: slot("11:00"), name: "Mary", callId })).ok).toBe(true);
    expect(await holds()).toEqual([]);
  });

  it("can be let go by its id or with its call", async () => {
    const { salon, slot, free } = await setup();
    const callId = await aCall(database, salon.ctx);
    const held = await holdSlot(salon.ctx, { slot: slot("10:30"), callId });
    expect(await releaseHold(salon.ctx, { holdId: held.ok ? held.value.id : "" })).toBe(1);
    await holdSlot(salon.ctx, { slot: slot("10:30"), callId });
    expect(await releaseHold(salon.ctx, { callId })).toBe(1);
    expect(await releaseHold(salon.ctx, { callId })).toBe(0);
    expect(await free("10:30")).toBe(true);
  });
});
