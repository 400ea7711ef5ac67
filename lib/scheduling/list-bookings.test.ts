import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, tuesday } from "@/tests/salon";
import { bookAppointment } from "./book-appointment";
import { cancelBooking } from "./cancel-booking";
import { findBookings } from "./find-bookings";
import { listBookings } from "./list-bookings";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

const TIMES = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "12:00"];

async function withBookings() {
  const salon = await createSalon(database);
  for (const [n, time] of TIMES.entries())
    await bookAppointment(salon.ctx, {
      serviceId: salon.haircut.id,
      staffId: n % 2 ? salon.anna.id : salon.ben.id,
      startsAt: tuesday(time),
      name: `Caller ${n}`,
      phone: n === 2 ? "+12025550123" : undefined,
    });
  return salon;
}

const times = (items: { startsAt: Date }[]) =>
  items.map((item) => new Date(item.startsAt.getTime() - 5 * 3_600_000).toISOString().slice(11, 16));

describe("listBookings", () => {
  it("pages forward and back through the same order", async () => {
    const { ctx } = await withBookings();
    const first = await listBookings(ctx, { from: new Date(tuesday("09:15")), limit: 3 });
    expect(times(first.items)).toEqual(["09:30", "10:00", "10:30"]);
    const second = await listBookings(ctx, { cursor: first.laterCursor ?? "", limit: 3 });
    expect([times(second.items), second.laterCursor]).toEqual([["11:00", "11:30", "12:00"], null]);
    const back = await listBookings(ctx, { cursor: second.earlierCursor ?? "", direction: "earlier", limit: 3 });
    expect(times(back.items)).toEqual(["09:30", "10:00", "10:30"]);
    const before = await listBookings(ctx, { cursor: first.earlierCursor ?? "", direction: "earlier", limit: 3 });
    expect([times(before.items), before.earlierCursor]).toEqual([["09:00"], null]);
    expect((await listBookings(ctx, { from: new Date(tuesday("08:00")) })).earlierCursor).toBeNull();
  });

  it("narrows by person, state and end, and never shows another organisation's", async () => {
    const salon = await withBookings();
    const { items } = await listBookings(salon.ctx, { staffId: salon.anna.id });
    expect(times(items)).toEqual(["09:30", "10:30", "11:30"]);
    await cancelBooking(salon.ctx, { bookingId: items[0]?.id ?? "" });
    expect((await listBookings(salon.ctx, { statuses: ["cancelled"] })).items).toHaveLength(1);
    expect((await listBookings(salon.ctx, { to: new Date(tuesday("10:00")) })).items).toHaveLength(2);
    expect((await listBookings((await createSalon(database)).ctx, {})).items).toEqual([]);
  });
});

it("findBookings finds a number's coming bookings and nothing without anything to look by", async () => {
  const { ctx } = await withBookings();
  expect(times(await findBookings(ctx, { phone: "+12025550123" }))).toEqual(["10:00"]);
  expect(await findBookings(ctx, { phone: "+12025550123", name: "caller 2" })).toHaveLength(1);
  expect(await findBookings(ctx, { phone: "+12025550123", name: "100%" })).toEqual([]);
  expect(await findBookings(ctx, { phone: "+12025550123", near: new Date("2027-02-01T00:00:00Z") })).toEqual([]);
  expect(await findBookings(ctx, { name: "Caller" })).toEqual([]);
});
