import { beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { listAuditEntries } from "@/lib/events";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN, tuesday } from "@/tests/salon";
import { bookAppointment } from "./book-appointment";
import { cancelBooking } from "./cancel-booking";
import { getBooking } from "./get-booking";
import { updateBooking } from "./update-booking";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

async function withBooking() {
  let now = FRIDAY_TEN;
  const salon = await createSalon(database, { now: { now: () => new Date(now) } });
  const input = { serviceId: salon.haircut.id, staffId: salon.anna.id, startsAt: tuesday("10:00"), name: "Mary" };
  const booked = await bookAppointment(salon.ctx, input);
  if (!booked.ok) throw new Error(booked.reason);
  const after = (instant: string) => {
    now = instant;
  };
  return { salon, input, bookingId: booked.value.id, after };
}

it("cancelling frees the time, keeps the reason, and done twice is done once", async () => {
  const { salon, input, bookingId } = await withBooking();
  const cancelled = await cancelBooking(salon.ctx, { bookingId, reason: " ill " });
  expect(cancelled.ok && cancelled.value).toMatchObject({ status: "cancelled", cancelReason: "ill" });
  expect((await bookAppointment(salon.ctx, input)).ok).toBe(true);
  const again = await cancelBooking(salon.ctx, { bookingId, reason: "other" });
  expect(again.ok && again.value.cancelReason).toBe("ill");
  expect((await listAuditEntries(salon.ctx, { subjectId: bookingId })).items).toHaveLength(2);
});

it("what became of a booking can be said only once it has begun, and cannot be cancelled after", async () => {
  const { salon, bookingId, after } = await withBooking();
  const early = await updateBooking(salon.ctx, { bookingId, status: "no_show" });
  expect(early.ok || early.reason).toBe("not_started");
  after("2026-11-24T15:30:00Z");
  expect((await updateBooking(salon.ctx, { bookingId, status: "no_show" })).ok).toBe(true);
  const cancelled = await cancelBooking(salon.ctx, { bookingId });
  expect(cancelled.ok || cancelled.reason).toBe("already_over");
});

it("an e-mail address is added to a booking, or taken away; what is none changes nothing, and none stands in the audit", async () => {
  const { salon, bookingId } = await withBooking();
  const change = (email: string) => updateBooking(salon.ctx, { bookingId, email });
  const added = await change(" mia@example.test ");
  expect(added.ok && added.value.attendeeEmail).toBe("mia@example.test");
  await expect(change("mia@")).rejects.toMatchObject({ options: { fields: [{ path: "email" }] } });
  expect(await getBooking(salon.ctx, bookingId)).toMatchObject({ attendeeEmail: "mia@example.test" });
  expect(JSON.stringify((await listAuditEntries(salon.ctx, { subjectId: bookingId })).items)).not.toContain("mia@");
  const removed = await change("");
  expect(removed.ok && removed.value.attendeeEmail).toBeNull();
});

it("a booking set back to confirmed is refused where its time was given away", async () => {
  const { salon, input, bookingId, after } = await withBooking();
  after("2026-11-24T15:05:00Z");
  await updateBooking(salon.ctx, { bookingId, status: "no_show" });
  expect((await bookAppointment(salon.as("member"), { ...input, override: true })).ok).toBe(true);
  const back = await updateBooking(salon.ctx, { bookingId, status: "confirmed" });
  expect(back.ok || back.reason).toBe("slot_taken");
});

it("notes and name change with an audit row that names the fields and not the person; nothing changed writes nothing", async () => {
  const { salon, bookingId } = await withBooking();
  await updateBooking(salon.ctx, { bookingId, notes: "Allergic to ammonia", name: "Mary Jones" });
  await updateBooking(salon.ctx, { bookingId, notes: "Allergic to ammonia" });
  const { items } = await listAuditEntries(salon.ctx, { subjectId: bookingId });
  expect(items).toHaveLength(2);
  expect(items[0]?.changes).toEqual({ attendeeName: "changed", notes: "changed" });
});

it("another organisation's booking does not exist", async () => {
  const { bookingId } = await withBooking();
  const stranger = await createSalon(database);
  await expect(cancelBooking(stranger.ctx, { bookingId })).rejects.toMatchObject({ code: "not_found" });
  await expect(updateBooking(stranger.ctx, { bookingId, notes: "x" })).rejects.toMatchObject({ code: "not_found" });
});
