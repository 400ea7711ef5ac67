import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { withTenant } from "@/db/tenant";
import { eraseContact } from "@/lib/contacts";
import { listAuditEntries } from "@/lib/events";
import { fixedClock } from "@/lib/platform/clock";
import { bookAppointment, cancelBooking, rescheduleBooking } from "@/lib/scheduling";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, tuesday } from "@/tests/salon";
import { createManageLink } from "./create-manage-link";
import { findManageLink } from "./find-manage-link";

const database = await pgliteDatabase();
const at = (instant: string) => ({ database, clock: fixedClock(instant) });

async function withLink() {
  const salon = await createSalon(database);
  const time = { serviceId: salon.haircut.id, staffId: salon.anna.id, startsAt: tuesday("10:00") };
  const booked = await bookAppointment(salon.ctx, { ...time, name: "Mary", phone: "+12025550123" });
  if (!booked.ok) throw new Error(booked.reason);
  const { token } = await createManageLink(salon.as("member"), { bookingId: booked.value.id });
  return { salon, booking: booked.value, token };
}

test("a link leads to its booking, and its token stands nowhere in the database", async () => {
  const { salon, booking, token } = await withLink();
  expect(await findManageLink(at("2026-11-21T00:00:00Z"), token)).toEqual({
    orgId: salon.orgId,
    bookingId: booking.id,
  });
  for (const table of ["manage_links", "audit_entries", "events"]) {
    const { rows } = await withTenant(database, salon.orgId, (tx) =>
      tx.execute(sql`select to_jsonb(t)::text as row from ${sql.raw(table)} t`),
    );
    expect(rows.length, table).toBeGreaterThan(0);
    expect(JSON.stringify(rows), table).not.toContain(token);
  }
  const { items } = await listAuditEntries(salon.ctx, { subjectId: booking.id });
  expect(items.map((entry) => entry.action)).toContain("booking.link_created");
});

test("it works until a week after the appointment, wherever that was moved, and shows a cancelled one as well", async () => {
  const { salon, booking, token } = await withLink();
  const [before, after] = ["2026-12-01T15:29:00Z", "2026-12-01T15:30:00Z"];
  expect(await findManageLink(at(before), token)).toBeDefined();
  expect(await findManageLink(at(after), token)).toBeUndefined();
  await rescheduleBooking(salon.ctx, { bookingId: booking.id, startsAt: "2026-12-08T10:00:00-05:00" });
  expect(await findManageLink(at(after), token)).toBeDefined();
  await cancelBooking(salon.ctx, { bookingId: booking.id });
  expect(await findManageLink(at(after), token)).toBeDefined();
});

test("what is tried again for the same cause is the same link, made and noted once; without a cause each is another", async () => {
  const { salon, booking } = await withLink();
  const make = (cause?: string) => createManageLink(salon.ctx, { bookingId: booking.id, ...(cause && { cause }) });
  const tokens = (await Promise.all([make("letter:1"), make("letter:1"), make("letter:2"), make(), make()])).map(
    ({ token }) => token,
  );
  expect(tokens[1]).toBe(tokens[0]);
  expect(new Set(tokens).size).toBe(4);
  const { items } = await listAuditEntries(salon.ctx, { subjectId: booking.id });
  expect(items.filter(({ action }) => action === "booking.link_created")).toHaveLength(5);
  for (const token of tokens)
    expect(await findManageLink(at("2026-11-21T00:00:00Z"), token)).toMatchObject({ bookingId: booking.id });
});

test("whoever is erased takes their links along", async () => {
  const { salon, booking, token } = await withLink();
  await eraseContact(salon.as("owner"), { contactId: booking.contactId ?? "" }, { eraseCalls: async () => undefined });
  expect(await findManageLink(at("2026-11-21T00:00:00Z"), token)).toBeUndefined();
});

test("tokens nobody was given lead nowhere; another organisation's booking and a viewer get no link", async () => {
  const { salon, booking, token } = await withLink();
  for (const wrong of [
    "",
    "x",
    token.slice(1),
    `${token}a`,
    token.toUpperCase(),
    "a".repeat(43),
    "%00".repeat(14),
    "'",
  ])
    expect(await findManageLink(at("2026-11-21T00:00:00Z"), wrong), wrong).toBeUndefined();
  const other = await createSalon(database);
  await expect(createManageLink(other.ctx, { bookingId: booking.id })).rejects.toMatchObject({ code: "not_found" });
  await expect(createManageLink(salon.as("viewer"), { bookingId: booking.id })).rejects.toMatchObject({
    code: "forbidden",
  });
});
