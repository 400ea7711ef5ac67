import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { listCalendarWritesDue } from "@/db/system";
import { inTenant } from "@/db/tenant";
import { eraseContact } from "@/lib/contacts/erase-contact";
import type { Clock } from "@/lib/platform/clock";
import { bookAppointment } from "@/lib/scheduling/book-appointment";
import { cancelBooking } from "@/lib/scheduling/cancel-booking";
import { createLocation } from "@/lib/scheduling/create-location";
import { createService } from "@/lib/scheduling/create-service";
import { createStaff } from "@/lib/scheduling/create-staff";
import { rescheduleBooking } from "@/lib/scheduling/reschedule-booking";
import { updateStaff } from "@/lib/scheduling/update-staff";
import { anyDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN, tuesday } from "@/tests/salon";
import { chooseCalendars } from "./choose-calendars";
import { eventKeyOf } from "./event-key";
import { listCalendarAlerts } from "./list-alerts";
import type { CalendarVendors } from "./ports";
import { rewriteContact } from "./rewrite-contact";
import { syncCalendar } from "./sync-calendar";
import { connectForTest } from "./testing/connected";
import { type MemoryCalendar, memoryCalendar } from "./testing/memory-calendar";
import { retryWrites, writeBooking } from "./write-booking";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});

async function salonWithCalendar() {
  const time = { ms: Date.parse(FRIDAY_TEN) };
  const clock: Clock = { now: () => new Date(time.ms) };
  const salon = await createSalon(database, { now: clock });
  const connected = await connectForTest(salon.ctx, salon.anna.id);
  const vendor = memoryCalendar();
  await syncCalendar(salon.ctx, connected.calendarId, vendor.vendors);
  const booked = await bookAppointment(salon.ctx, {
    serviceId: salon.haircut.id,
    staffId: salon.anna.id,
    startsAt: tuesday("14:00"),
    name: "Mia Ortiz",
    phone: "+12125550123",
  });
  if (!booked.ok) throw new Error(booked.reason);
  const bookingId = booked.value.id;
  return {
    ...salon,
    ...connected,
    vendor,
    bookingId,
    contactId: booked.value.contactId ?? "",
    key: eventKeyOf(salon.orgId, bookingId, salon.anna.id),
    later: (ms: number) => {
      time.ms += ms;
    },
    write: () => writeBooking(salon.ctx, bookingId, vendor.vendors),
    retry: () => retryWrites(salon.ctx, bookingId, vendor.vendors),
    sync: () => syncCalendar(salon.ctx, connected.calendarId, vendor.vendors),
    isDue: async () => (await listCalendarWritesDue(database, clock.now(), 1000)).some((each) => each.id === bookingId),
    busy: async () => {
      const { rows } = await inTenant(salon.ctx, (tx) => tx.execute(sql`select count(*)::int as n from calendar_busy`));
      return (rows[0] as { n: number }).n;
    },
  };
}

describe("a booking in its person's calendar", () => {
  test("is written once, follows every move, and goes when it is cancelled", async () => {
    const { ctx, anna, vendor, write, bookingId, key, later } = await salonWithCalendar();
    await write();
    await write();
    expect([...vendor.items.keys()]).toEqual([key]);
    expect(vendor.items.get(key)?.event).toMatchObject({
      title: "Haircut: Mia Ortiz",
      startMs: Date.parse(tuesday("14:00")),
      endMs: Date.parse(tuesday("14:30")),
    });
    later(1_000);
    const east = await createLocation(ctx, { name: "East", address: "7 East Lane\nSpringfield" });
    await updateStaff(ctx, { staffId: anna.id, locationId: east.id });
    await rescheduleBooking(ctx, { bookingId, startsAt: tuesday("16:00") });
    await write();
    expect(vendor.items.get(key)?.event).toMatchObject({
      startMs: Date.parse(tuesday("16:00")),
      location: "East, 7 East Lane, Springfield",
    });
    later(1_000);
    await cancelBooking(ctx, { bookingId });
    await write();
    expect(vendor.items.size).toBe(0);
  });

  test("is never read back as busy: not before, during or after its writing", async () => {
    const { ctx, vendor, write, sync, busy, bookingId, later } = await salonWithCalendar();
    const real = vendor.port.upsertEvent;
    vendor.port.upsertEvent = async (...given) => {
      const answer = await real(...given);
      // The vendor's push is faster than its answer.
      await sync();
      expect(await busy()).toBe(0);
      return answer;
    };
    await write();
    await sync();
    expect(await busy()).toBe(0);
    later(1_000);
    expect(await rescheduleBooking(ctx, { bookingId, startsAt: tuesday("14:15") })).toMatchObject({ ok: true });
    await sync();
    expect(await busy()).toBe(0);
    await cancelBooking(ctx, { bookingId });
    await sync();
    expect(await busy()).toBe(0);
    expect(await listCalendarAlerts(ctx)).toEqual([]);
  });

  test("of another organisation is busy time, whatever mark it carries", async () => {
    const { vendor, sync, busy } = await salonWithCalendar();
    vendor.put("theirs", tuesday("10:00"), tuesday("11:00"), eventKeyOf("org_other", "bkg_other", "stf_other"));
    await sync();
    expect(await busy()).toBe(1);
  });

  test("is written over what somebody made of it there", async () => {
    const { ctx, vendor, write, bookingId, key, later } = await salonWithCalendar();
    await write();
    vendor.put(key, tuesday("09:00"), tuesday("09:30"), key);
    later(1_000);
    await rescheduleBooking(ctx, { bookingId, startsAt: tuesday("16:00") });
    await write();
    expect(vendor.items.get(key)?.event?.startMs).toBe(Date.parse(tuesday("16:00")));
  });

  test("waits while the vendor is down or asks for a pause, and arrives once", async () => {
    const { ctx, vendor, write, retry, isDue, key, later } = await salonWithCalendar();
    vendor.state.refusal = { ok: false, reason: "rate_limited", detail: { retryAfterSeconds: 300 } };
    await write();
    later(299_000);
    expect(await isDue()).toBe(false);
    later(1_000);
    expect(await isDue()).toBe(true);
    vendor.state.refusal = { ok: false, reason: "unavailable", detail: { what: "It answered 503." } };
    for (let minute = 0; minute < 60; minute++) {
      if (await isDue()) await retry();
      later(60_000);
    }
    expect(await listCalendarAlerts(ctx)).toContainEqual(
      expect.objectContaining({ kind: "not_written", bookings: 1, reason: "It answered 503." }),
    );
    vendor.state.refusal = undefined;
    expect(await isDue()).toBe(true);
    await retry();
    expect([...vendor.items.keys()]).toEqual([key]);
    expect(await isDue()).toBe(false);
  });

  test("survives a withdrawn permission: it is written as soon as somebody connects again", async () => {
    const { ctx, anna, vendor, write, retry, isDue, key, later } = await salonWithCalendar();
    vendor.state.refusal = { ok: false, reason: "revoked", detail: undefined };
    await write();
    expect(await listCalendarAlerts(ctx)).toContainEqual(
      expect.objectContaining({ kind: "unreliable", isRevoked: true }),
    );
    later(24 * 3_600_000);
    expect(await isDue()).toBe(false);
    vendor.state.refusal = undefined;
    await connectForTest(ctx, anna.id);
    expect(await isDue()).toBe(true);
    await retry();
    expect(vendor.items.has(key)).toBe(true);
  });

  test("says that it is to be confirmed until it is", async () => {
    const { ctx, vendor, sync, anna, haircut, later, isDue } = await salonWithCalendar();
    later(3_600_000);
    const booked = await bookAppointment(ctx, { serviceId: haircut.id, staffId: anna.id, startsAt: tuesday("11:00") });
    const id = booked.ok ? booked.value.id : "";
    await writeBooking(ctx, id, vendor.vendors);
    const title = () => vendor.items.get(eventKeyOf(ctx.orgId, id, anna.id))?.event?.title;
    expect(title()).toBe("Haircut (to be confirmed)");
    await sync();
    expect(await isDue()).toBe(false);
    await retryWrites(ctx, id, vendor.vendors);
    expect(title()).toBe("Haircut");
  });

  test("that changed while it was being written is written again", async () => {
    const { ctx, vendor, write, retry, isDue, bookingId, key, later } = await salonWithCalendar();
    const real = vendor.port.upsertEvent;
    vendor.port.upsertEvent = async (...given) => {
      vendor.port.upsertEvent = real;
      later(1_000);
      await rescheduleBooking(ctx, { bookingId, startsAt: tuesday("16:00") });
      return real(...given);
    };
    await write();
    expect(await isDue()).toBe(true);
    await retry();
    expect(vendor.items.get(key)?.event?.startMs).toBe(Date.parse(tuesday("16:00")));
  });

  test("loses the caller's name when the contact is erased", async () => {
    const { as, ctx, vendor, write, key, contactId } = await salonWithCalendar();
    await write();
    await eraseContact(as("admin"), { contactId }, { eraseCalls: async () => {} });
    await rewriteContact(ctx, contactId, vendor.vendors);
    const written = vendor.items.get(key)?.event;
    expect(written?.title).toBe("Haircut");
    expect(JSON.stringify(written)).not.toMatch(/Mia|Ortiz|5550123/);
  });

  test("is written nowhere for a person without a calendar that receives", async () => {
    const { as, vendor, write, accountId, calendarId } = await salonWithCalendar();
    await chooseCalendars(as("admin"), { accountId, blocks: [calendarId], receives: null });
    await write();
    expect(vendor.state.writes).toBe(0);
  });
});

/** Several accounts, each a calendar in memory, and the periodic task that writes what is due. */
function severalAccounts(salon: Awaited<ReturnType<typeof salonWithCalendar>>) {
  const stored = new Map<string, MemoryCalendar>([[salon.accountId, salon.vendor]]);
  const vendors: CalendarVendors = {
    ...salon.vendor.vendors,
    open: ({ id }) => stored.get(id)?.port,
  };
  return {
    vendors,
    async connect(staffId: string, label: string) {
      const connected = await connectForTest(salon.as("owner"), staffId, { label });
      const calendar = memoryCalendar();
      stored.set(connected.accountId, calendar);
      return { ...connected, ...calendar, there: () => [...calendar.items.keys()] };
    },
    async run() {
      salon.later(1_000);
      const due = await listCalendarWritesDue(database, salon.ctx.clock.now(), 1000);
      const bookings = new Set(due.flatMap(({ id, orgId }) => (orgId === salon.orgId ? id : [])));
      for (const id of bookings) await retryWrites(salon.ctx, id, vendors);
      return bookings.size;
    },
  };
}

describe("the calendar that receives a person's bookings", () => {
  test("gets those to come when it is chosen, and the one before loses them; what is over stays where it is", async () => {
    const salon = await salonWithCalendar();
    const { as, vendor, write, key, anna, haircut, accountId, calendarId, later } = salon;
    const { connect, run } = severalAccounts(salon);
    await write();
    const private_ = await connect(anna.id, "private@example.test");
    expect([await run(), private_.there()]).toEqual([0, []]);
    const choose = (receiving: { accountId: string; calendarId: string }, isNone = false) => {
      later(1_000);
      const receives = isNone ? null : receiving.calendarId;
      return chooseCalendars(as("admin"), { accountId: receiving.accountId, blocks: [receiving.calendarId], receives });
    };
    const work = { accountId, calendarId };
    for (const round of [1, 2]) {
      await choose(private_);
      expect([await run(), await run()], `round ${round}`).toEqual([1, 0]);
      expect([[...vendor.items.keys()], private_.there()]).toEqual([[], [key]]);
      await choose(private_);
      expect(await run()).toBe(0);
      await choose(work);
      expect([await run(), await run()]).toEqual([1, 0]);
      expect([[...vendor.items.keys()], private_.there()]).toEqual([[key], []]);
    }
    // A week later that booking is over; another is to come.
    later(7 * 86_400_000);
    const startsAt = "2026-12-01T10:00:00-05:00";
    const next = await bookAppointment(salon.ctx, { serviceId: haircut.id, staffId: anna.id, startsAt });
    const nextKey = eventKeyOf(salon.orgId, next.ok ? next.value.id : "", anna.id);
    await choose(private_);
    await run();
    expect([[...vendor.items.keys()], private_.there()]).toEqual([[key], [nextKey]]);
    await choose(private_, true);
    await run();
    expect([[...vendor.items.keys()], private_.there()]).toEqual([[key], []]);
  });

  test("gets those that were booked before anything was connected", async () => {
    const salon = await salonWithCalendar();
    const { connect, run } = severalAccounts(salon);
    const startsAt = tuesday("11:00");
    const booked = await bookAppointment(salon.ctx, { serviceId: salon.haircut.id, staffId: salon.ben.id, startsAt });
    const bens = await connect(salon.ben.id, "ben@example.test");
    await run();
    expect(bens.there()).toEqual([eventKeyOf(salon.orgId, booked.ok ? booked.value.id : "", salon.ben.id)]);
  });

  test("is the last one that was chosen, also where another was being written at that moment", async () => {
    const salon = await salonWithCalendar();
    const { as, ctx, vendor, bookingId, key, anna, later } = salon;
    const { connect, run, vendors } = severalAccounts(salon);
    const other = await connect(anna.id, "private@example.test");
    const real = vendor.port.upsertEvent;
    vendor.port.upsertEvent = async (...given) => {
      vendor.port.upsertEvent = real;
      later(1_000);
      await chooseCalendars(as("admin"), {
        ...{ accountId: other.accountId, blocks: [], receives: other.calendarId },
      });
      return real(...given);
    };
    await writeBooking(ctx, bookingId, vendors);
    await run();
    await run();
    expect([[...vendor.items.keys()], other.there()]).toEqual([[], [key]]);
    expect(await run()).toBe(0);
  });
});

describe("a booking of several people", () => {
  test("stands in the calendar of each, moves in all of them, and follows who takes part", async () => {
    const salon = await salonWithCalendar();
    const { ctx, anna, ben, vendor, later, orgId } = salon;
    const { connect, run, vendors } = severalAccounts(salon);
    const cleo = await createStaff(ctx, { name: "Cleo Park" });
    const bens = await connect(ben.id, "ben@example.test");
    const cleos = await connect(cleo.id, "cleo@example.test");
    const sync = async () => {
      for (const { calendarId } of [salon, bens, cleos]) await syncCalendar(ctx, calendarId, vendors);
    };
    await sync();
    const duo = await createService(ctx, { name: "Bridal", durationMinutes: 60, staffNeeded: 2 });
    const booked = await bookAppointment(ctx, {
      ...{ serviceId: duo.id, staffId: anna.id, startsAt: tuesday("10:00"), name: "Zoe Lind" },
    });
    if (!booked.ok) throw new Error(booked.reason);
    const { id: bookingId, otherStaff } = booked.value;
    expect(otherStaff).toEqual(["Ben Okafor"]);
    await writeBooking(ctx, bookingId, vendors);
    const keys = [anna, ben, cleo].map((person) => eventKeyOf(orgId, bookingId, person.id));
    const calendars = [vendor, bens, cleos];
    const startsIn = () => calendars.map(({ items }, n) => items.get(keys[n] ?? "")?.event?.startMs);
    const [ten, one, three] = ["10:00", "13:00", "15:00"].map((time) => Date.parse(tuesday(time)));
    expect(startsIn()).toEqual([ten, ten, undefined]);
    expect(bens.items.get(keys[1] ?? "")?.event?.title).toBe("Bridal: Zoe Lind");

    const move = async (time: string) => {
      later(1_000);
      const moved = await rescheduleBooking(ctx, { bookingId, startsAt: tuesday(time) });
      if (!moved.ok) throw new Error(moved.reason);
      await writeBooking(ctx, bookingId, vendors);
    };
    await move("13:00");
    expect(startsIn()).toEqual([one, one, undefined]);
    // What was written is nobody's busy time, before and after.
    await sync();
    const busy = await inTenant(ctx, (tx) => tx.execute(sql`select item_id from calendar_busy`));
    expect(busy.rows).toEqual([]);

    bens.put("dentist", tuesday("15:00"), tuesday("16:00"));
    await sync();
    await move("15:00");
    expect(startsIn()).toEqual([three, undefined, three]);
    expect(bens.there()).toEqual(["dentist"]);

    later(1_000);
    await cancelBooking(ctx, { bookingId });
    await writeBooking(ctx, bookingId, vendors);
    expect(startsIn()).toEqual([undefined, undefined, undefined]);
    expect(await run()).toBe(0);
  });

  test("says to everybody that it is to be confirmed while one of their calendars cannot be relied on", async () => {
    const salon = await salonWithCalendar();
    const { ctx, anna, ben, vendor, orgId } = salon;
    const { connect, run, vendors } = severalAccounts(salon);
    const bens = await connect(ben.id, "ben@example.test");
    const duo = await createService(ctx, { name: "Bridal", durationMinutes: 60, staffNeeded: 2 });
    const booked = await bookAppointment(ctx, { serviceId: duo.id, staffId: anna.id, startsAt: tuesday("10:00") });
    const bookingId = booked.ok ? booked.value.id : "";
    await writeBooking(ctx, bookingId, vendors);
    const title = () => vendor.items.get(eventKeyOf(orgId, bookingId, anna.id))?.event?.title;
    expect(title()).toBe("Bridal (to be confirmed)");
    await syncCalendar(ctx, bens.calendarId, vendors);
    await run();
    expect(title()).toBe("Bridal");
  });
});
