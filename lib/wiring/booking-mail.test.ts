import { beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { createContact } from "@/lib/contacts";
import { findManageLink } from "@/lib/manage-links";
import { MemoryKv } from "@/lib/platform/kv";
import { type Mail, MailError } from "@/lib/platform/mail";
import {
  bookAppointment,
  bookSeries,
  cancelBooking,
  createLocation,
  rescheduleBooking,
  updateStaff,
} from "@/lib/scheduling";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, tuesday } from "@/tests/salon";
import type { App } from "./app";
import { mailBooking } from "./booking-mail";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

async function bookedWith(email: string | undefined, place?: { name: string; address: string }) {
  const salon = await createSalon(database);
  const at = place && (await createLocation(salon.ctx, place));
  if (at) await updateStaff(salon.ctx, { staffId: salon.anna.id, locationId: at.id });
  const mails: Mail[] = [];
  const state = { error: undefined as Error | undefined, cacheMs: 0 };
  const app = {
    env: {
      mode: "embedded",
      appUrl: "https://caly.test",
      mail: { smtpUrl: "smtp://x", from: "Caly <no-reply@caly.test>" },
    },
    kv: new MemoryKv({ now: () => state.cacheMs }),
    mailer: {
      send: async (mail: Mail) => {
        if (state.error) throw state.error;
        mails.push(mail);
      },
    },
  } as unknown as App;
  const booked = await bookAppointment(salon.ctx, {
    serviceId: salon.haircut.id,
    staffId: salon.anna.id,
    startsAt: tuesday("14:00"),
    name: "Mia Ortiz",
    ...(email ? { email } : {}),
  });
  if (!booked.ok) throw new Error(booked.reason);
  const bookingId = booked.value.id;
  /** As after the newest event of the booking. */
  const mail = async () => {
    const { rows } = await database.db.execute(
      `select id from events where subject_id = '${bookingId}' order by id desc limit 1`,
    );
    const [event] = rows as { id: string }[];
    await mailBooking(app, salon.ctx, { orgId: salon.orgId, subjectId: bookingId, eventId: event?.id ?? "" });
  };
  const later = (minutes: number) => ({
    ...salon.ctx,
    clock: { now: () => new Date(salon.ctx.clock.now().getTime() + minutes * 60_000) },
  });
  return { ...salon, app, mails, state, bookingId, mail, later };
}

/** Long lines of a calendar file are folded. */
const unfolded = (mail: Mail | undefined) => mail?.invitation?.text.replace(/\r?\n[ \t]/g, "") ?? "";

describe("a letter about a booking", () => {
  test("goes once to who left an address, with an invitation, and takes it back when it is cancelled", async () => {
    const { mails, mail, bookingId, later } = await bookedWith("mia@example.test");
    await mail();
    await mail();
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      to: "mia@example.test",
      subject: "Your appointment: Haircut with Anna Berg, Tue 24 Nov 2026, 14:00",
    });
    expect(mails[0]?.text).toContain("America/New_York");
    expect(unfolded(mails[0])).toMatch(/METHOD:REQUEST[\s\S]*DTSTART:20261124T190000Z/);
    expect(unfolded(mails[0])).toContain(`UID:${bookingId}@caly`);
    expect(unfolded(mails[0])).toContain("no-reply@caly.test");
    await cancelBooking(later(1), { bookingId });
    await mail();
    expect(mails).toHaveLength(2);
    expect(unfolded(mails[1])).toMatch(/METHOD:CANCEL/);
    const sequence = (each: Mail | undefined) => Number(/SEQUENCE:(\d+)/.exec(unfolded(each))?.[1]);
    expect(sequence(mails[1])).toBeGreaterThan(sequence(mails[0]));
  });

  test("says where, and the invitation too, of a business with places", async () => {
    const { mails, mail } = await bookedWith("mia@example.test", { name: "East", address: "7 East Lane\nSpringfield" });
    await mail();
    expect(mails[0]?.text).toContain("\nWhere: East, 7 East Lane, Springfield\n");
    expect(unfolded(mails[0])).toContain("LOCATION:East\\, 7 East Lane\\, Springfield");
  });

  test("goes to the address that is known of the caller, where none was given with the booking", async () => {
    const { ctx, as, app, mails, haircut, ben } = await bookedWith(undefined);
    const contact = await createContact(as("owner"), { name: "Noa", phone: "+12125550188", email: "noa@example.test" });
    const time = { serviceId: haircut.id, staffId: ben.id, startsAt: tuesday("14:00") };
    const booked = await bookAppointment(ctx, { ...time, phone: "+12125550188", name: "Noa" });
    if (!booked.ok || !contact.ok) throw new Error("not booked");
    await mailBooking(app, ctx, { orgId: ctx.orgId, subjectId: booked.value.id, eventId: "" });
    expect(mails.map(({ to }) => to)).toEqual(["noa@example.test"]);
  });

  test("about a series is one, names every date and gives them all to a calendar; a date that moves has its own", async () => {
    const { ctx, app, mails, haircut, ben, later } = await bookedWith(undefined);
    const who = { name: "Mia Ortiz", email: "mia@example.test" };
    const first = { serviceId: haircut.id, staffId: ben.id, startsAt: tuesday("14:00") };
    const series = await bookSeries(ctx, { ...who, ...first, rule: "FREQ=WEEKLY;COUNT=3" });
    if (!series.ok) throw new Error(series.reason);
    const tell = async () => {
      const { rows } = await database.db.execute(
        `select id, subject_id from events where org_id = '${ctx.orgId}' and kind like 'booking.%' order by id`,
      );
      for (const { id, subject_id: subjectId } of rows as { id: string; subject_id: string }[])
        await mailBooking(app, ctx, { orgId: ctx.orgId, subjectId, eventId: id });
    };
    await tell();
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain(
      "3 dates in all:\n- Tue 24 Nov 2026, 14:00\n- Tue 1 Dec 2026, 14:00\n- Tue 8 Dec 2026, 14:00",
    );
    expect(mails[0]?.invitation?.method).toBe("PUBLISH");
    for (const { id } of series.value.bookings) expect(unfolded(mails[0])).toContain(`UID:${id}@caly`);
    const last = series.value.bookings[2]?.id ?? "";
    await rescheduleBooking(later(1), { bookingId: last, startsAt: "2026-12-08T15:00:00-05:00" });
    await tell();
    expect(mails.slice(1).map(({ subject }) => subject)).toEqual([
      "Moved: Haircut with Ben Okafor, Tue 8 Dec 2026, 15:00",
    ]);
  });

  test("carries a link to the booking, says what moved, and keeps of the link only its hash", async () => {
    const { ctx, mails, mail, bookingId, later } = await bookedWith("mia@example.test");
    await mail();
    await rescheduleBooking(later(1), { bookingId, startsAt: tuesday("15:30") });
    await mail();
    await cancelBooking(later(2), { bookingId });
    await mail();
    expect(mails.map(({ subject }) => subject)).toEqual([
      "Your appointment: Haircut with Anna Berg, Tue 24 Nov 2026, 14:00",
      "Moved: Haircut with Anna Berg, Tue 24 Nov 2026, 15:30",
      "Cancelled: Haircut with Anna Berg, Tue 24 Nov 2026, 15:30",
    ]);
    expect(mails[1]?.text).toContain(
      "is now Tue 24 Nov 2026, 15:30 (America/New_York); it was Tue 24 Nov 2026, 14:00.",
    );
    const tokens = mails.map(({ text }) => /https:\/\/caly\.test\/manage\/([\w-]{43})(?![\w-])/.exec(text)?.[1] ?? "");
    expect(new Set(tokens).size).toBe(3);
    const { rows } = await database.db.execute(
      "select (select json_agg(m) from manage_links m)::text || (select json_agg(e) from events e)::text || (select json_agg(a) from audit_entries a)::text as kept",
    );
    for (const token of tokens) {
      expect(await findManageLink({ database, clock: ctx.clock }, token)).toMatchObject({ bookingId });
      expect((rows[0] as { kept: string }).kept).not.toContain(token);
    }
    for (const { invitation } of mails) expect(invitation?.text).not.toContain("/manage/");
  });

  test("goes out also where its writer died before it was sent, and while the shared cache is away", async () => {
    const { app, state, mails, mail } = await bookedWith("mia@example.test");
    const cache = app.kv;
    state.error = new MailError(false, "killed", undefined);
    const away = () => Promise.reject(new Error("away"));
    app.kv = { get: away, incr: away, del: away, set: (...given) => cache.set(...given) };
    await expect(mail()).rejects.toThrow("killed");
    state.error = undefined;
    app.kv = cache;
    await expect(mail()).rejects.toThrow("Somebody else writes this letter.");
    expect(mails).toEqual([]);
    state.cacheMs += 121_000;
    await mail();
    expect(mails).toHaveLength(1);
    app.kv = { get: away, set: away, del: away, incr: away };
    await mail();
    expect(mails).toHaveLength(2);
  });

  test("is tried again after a failure, and given up where the address takes none", async () => {
    const { state, mails, mail } = await bookedWith("mia@example.test");
    state.error = new MailError(false, "later", undefined);
    await expect(mail()).rejects.toThrow("later");
    state.error = new MailError(true, "never", undefined);
    await mail();
    state.error = undefined;
    await mail();
    expect(mails).toEqual([]);
  });

  test("is written to nobody without an address", async () => {
    const { mails, mail } = await bookedWith(undefined);
    await mail();
    expect(mails).toEqual([]);
  });
});
