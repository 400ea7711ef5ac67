import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { listAuditEntries } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN, tuesday } from "@/tests/salon";
import { bookAppointment } from "./book-appointment";
import { cancelBooking } from "./cancel-booking";
import { getCancellationPolicy } from "./get-cancellation-policy";
import { getChangeTerms } from "./get-change-terms";
import { rescheduleBooking } from "./reschedule-booking";
import { removeCancellationPolicy, setCancellationPolicy } from "./set-cancellation-policy";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

const windows = [
  { withinMinutes: 120, isRefused: true },
  { withinMinutes: 1440, fee: { kind: "percent" as const, percent: 50 } },
];

/** A haircut (45.00) on Tuesday at ten, under a policy that covers moving; `at` sets the clock. */
async function underPolicy(
  policy: { windows: typeof windows; coversMoves?: boolean } = { windows, coversMoves: true },
) {
  let now = FRIDAY_TEN;
  const salon = await createSalon(database, { now: { now: () => new Date(now) } });
  await setCancellationPolicy(salon.as("owner"), { serviceId: null, ...policy });
  const base = { serviceId: salon.haircut.id, staffId: salon.anna.id, name: "Mary" };
  const booked = await bookAppointment(salon.ctx, { ...base, startsAt: tuesday("10:00") });
  if (!booked.ok) throw new Error(booked.reason);
  const agent: Context = {
    ...salon.ctx,
    actor: { kind: "agent", callId: "call_x", agentId: null, label: "Front desk" },
  };
  const caller: Context = { ...salon.ctx, actor: { kind: "contact", contactId: "ctc_x", label: "Mary" } };
  const at = (instant: string) => {
    now = instant;
  };
  return { salon, agent, caller, at, bookingId: booked.value.id };
}

describe("a booking under a cancellation policy", () => {
  it("is cancelled free of charge before the window, on every path", async () => {
    for (const path of ["agent", "caller", "member"] as const) {
      const { salon, bookingId, ...paths } = await underPolicy();
      const ctx = path === "member" ? salon.as("member") : paths[path];
      const cancelled = await cancelBooking(ctx, { bookingId });
      expect(cancelled.ok && cancelled.value).toMatchObject({ status: "cancelled", feeCents: 0, feeCurrency: null });
    }
  });

  it("costs the fee within the window, only once it was accepted by its amount, on every path", async () => {
    for (const path of ["agent", "caller", "member"] as const) {
      const { salon, bookingId, at, ...paths } = await underPolicy();
      const ctx = path === "member" ? salon.as("member") : paths[path];
      at("2026-11-24T05:00:00Z");
      const asked = await cancelBooking(ctx, { bookingId });
      expect(asked).toMatchObject({ ok: false, reason: "fee_applies", detail: { feeCents: 2250, fee: "$22.50" } });
      const tooLittle = await cancelBooking(ctx, { bookingId, acceptedFeeCents: 2249 });
      expect(tooLittle.ok || tooLittle.reason).toBe("fee_applies");
      const cancelled = await cancelBooking(ctx, { bookingId, acceptedFeeCents: 2250 });
      expect(cancelled.ok && cancelled.value).toMatchObject({ feeCents: 2250, feeCurrency: "USD" });
      expect((await cancelBooking(ctx, { bookingId })).ok).toBe(true);
      const { items } = await listAuditEntries(salon.ctx, { subjectId: bookingId });
      expect(items[0]?.changes).toMatchObject({ fee: "$22.50" });
    }
  });

  it("can be neither cancelled nor moved after the deadline, except by a member who says why", async () => {
    const { salon, agent, caller, at, bookingId } = await underPolicy();
    at("2026-11-24T13:30:00Z");
    for (const ctx of [agent, caller]) {
      const late = await cancelBooking(ctx, { bookingId, waive: true, waiveReason: "please", acceptedFeeCents: 9999 });
      expect(late.ok || late.reason).toBe("past_deadline");
      const moved = await rescheduleBooking(ctx, { bookingId, startsAt: tuesday("15:00"), acceptedFeeCents: 9999 });
      expect(moved.ok || moved.reason).toBe("past_deadline");
    }
    const member = salon.as("member");
    const silent = await cancelBooking(member, { bookingId, waive: true, waiveReason: " " });
    expect(silent.ok || silent.reason).toBe("waive_reason_missing");
    const waived = await cancelBooking(member, { bookingId, waive: true, waiveReason: "Snow storm" });
    expect(waived.ok && waived.value).toMatchObject({ status: "cancelled", feeCents: 0 });
    const { items } = await listAuditEntries(salon.ctx, { subjectId: bookingId });
    expect(items[0]?.changes).toMatchObject({ waived: "deadline", because: "Snow storm" });
  });

  it("owes for each late change: moving late, then cancelling late", async () => {
    const { agent, at, bookingId } = await underPolicy();
    at("2026-11-23T20:00:00Z");
    const asked = await rescheduleBooking(agent, { bookingId, startsAt: tuesday("15:00") });
    expect(asked).toMatchObject({ ok: false, reason: "fee_applies", detail: { terms: { feeCents: 2250 } } });
    const moved = await rescheduleBooking(agent, { bookingId, startsAt: tuesday("15:00"), acceptedFeeCents: 2250 });
    expect(moved.ok && moved.value.feeCents).toBe(2250);
    at("2026-11-24T15:00:00Z");
    const cancelled = await cancelBooking(agent, { bookingId, acceptedFeeCents: 2250 });
    expect(cancelled.ok && cancelled.value.feeCents).toBe(4500);
  });

  it("moves free of charge where the policy does not cover moving", async () => {
    const { agent, at, bookingId } = await underPolicy({ windows, coversMoves: false });
    at("2026-11-24T14:30:00Z");
    expect((await rescheduleBooking(agent, { bookingId, startsAt: tuesday("16:00") })).ok).toBe(true);
  });
});

describe("a policy", () => {
  it("of a service comes before the organisation's, also when it asks for nothing; removed, the organisation's holds", async () => {
    const { salon, at, bookingId } = await underPolicy();
    const owner = salon.as("owner");
    at("2026-11-24T05:00:00Z");
    const fee = async () => (await getChangeTerms(salon.ctx, bookingId)).cancel.feeCents;
    expect(await fee()).toBe(2250);
    await setCancellationPolicy(owner, { serviceId: salon.haircut.id, windows: [] });
    expect(await fee()).toBe(0);
    expect(await getCancellationPolicy(salon.ctx, salon.haircut.id)).toMatchObject({ isOwn: true, windows: [] });
    await removeCancellationPolicy(owner, { serviceId: salon.haircut.id });
    expect(await fee()).toBe(2250);
    expect(await getCancellationPolicy(salon.ctx, salon.haircut.id)).toMatchObject({
      isOwn: false,
      say: "You can cancel or move free of charge until 24 hours before. Later it costs half of the price. Within 2 hours that is no longer possible.",
    });
  });

  it("is refused where it makes no sense, and is an admin's to set", async () => {
    const salon = await createSalon(database);
    const owner = salon.as("owner");
    const set = (windows: { withinMinutes: number; isRefused?: boolean; fee?: { kind: "fixed"; cents: number } }[]) =>
      setCancellationPolicy(owner, { serviceId: null, windows });
    await expect(set([{ withinMinutes: 0 }])).rejects.toMatchObject({ code: "invalid_input" });
    await expect(set([{ withinMinutes: 60 }, { withinMinutes: 60 }])).rejects.toMatchObject({ code: "invalid_input" });
    await expect(set([{ withinMinutes: 60, isRefused: true, fee: { kind: "fixed", cents: 5 } }])).rejects.toMatchObject(
      { code: "invalid_input" },
    );
    const member = setCancellationPolicy(salon.as("member"), { serviceId: null, windows: [] });
    await expect(member).rejects.toMatchObject({ code: "forbidden" });
    const stranger = await createSalon(database);
    await expect(setCancellationPolicy(owner, { serviceId: stranger.haircut.id, windows: [] })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
