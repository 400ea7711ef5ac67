import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { listAuditEntries } from "@/lib/events";
import { findManageLink } from "@/lib/manage-links";
import { updateOrganization } from "@/lib/organizations";
import { type Mail, MailError } from "@/lib/platform/mail";
import { bookAppointment, cancelBooking, createLocation, rescheduleBooking } from "@/lib/scheduling";
import { emptyPgliteDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN, tuesday } from "@/tests/salon";
import { voiceApp } from "@/tests/voice-app";
import { reminderSubscriptions, reminderTasks } from "./reminder-workers";

let database: Database;
let now: number;
beforeAll(async () => {
  database = await emptyPgliteDatabase();
});
beforeEach(() => {
  now = Date.parse(FRIDAY_TEN);
});

const TO = "mia@example.test";

/** A salon where Mia has booked Tuesday at two. `due` is a minute's work: what is due is raised, and what was raised is sent. */
async function salonWithMia(email: { email?: string } = { email: TO }) {
  const clock = { now: () => new Date(now) };
  const salon = await createSalon(database, { now: clock });
  const { ctx, haircut, anna } = salon;
  const letters: Mail[] = [];
  const state = { error: undefined as Error | undefined };
  const mailer = {
    send: async (mail: Mail) => {
      if (state.error) throw state.error;
      letters.push(mail);
    },
  };
  const app = Object.assign(voiceApp(database, ctx.keys, { clock }), { mailer });
  const book = async (startsAt: string, name = "Mia") => {
    const made = await bookAppointment(ctx, { serviceId: haircut.id, staffId: anna.id, startsAt, name, ...email });
    if (!made.ok) throw new Error(made.reason);
    return made.value.id;
  };
  const raise = async () => {
    for (const task of reminderTasks) await task.run(app, AbortSignal.timeout(60_000));
    const { rows } = await database.db.execute(
      `select id, subject_id from events where org_id = '${ctx.orgId}' and kind = 'booking.reminder_due' order by id`,
    );
    return rows as { id: string; subject_id: string }[];
  };
  const send = async (events: Awaited<ReturnType<typeof raise>>) => {
    for (const { id, subject_id: subjectId } of events)
      await reminderSubscriptions["send-reminder"]?.run(
        app,
        { orgId: ctx.orgId, subjectId, eventId: id },
        AbortSignal.timeout(60_000),
      );
  };
  const due = async () => send(await raise());
  const at = (instant: string) => {
    now = Date.parse(instant);
  };
  return { ...salon, letters, state, bookingId: await book(tuesday("14:00")), book, raise, send, due, at, mailer };
}

describe("a reminder before an appointment", () => {
  it("goes out once, a day ahead, with a link to the booking, and stands in its history", async () => {
    const { ctx, at, due, raise, send, letters, bookingId } = await salonWithMia();
    at("2026-11-23T13:59:00-05:00");
    await due();
    expect(letters).toEqual([]);
    at("2026-11-23T14:00:00-05:00");
    await Promise.all([raise(), raise()]);
    const raised = await raise();
    expect(raised).toHaveLength(1);
    await send(raised);
    await send(raised);
    expect(letters.map(({ to, subject }) => [to, subject])).toEqual([
      [TO, "Reminder: Haircut at Test Salon, Tue 24 Nov 2026, 14:00"],
    ]);
    expect(letters[0]?.text).toContain("on Tue 24 Nov 2026, 14:00 (America/New_York): Haircut with Anna Berg");
    const token = /\/manage\/([\w-]{43})\n/.exec(letters[0]?.text ?? "")?.[1] ?? "";
    expect(await findManageLink({ database, clock: ctx.clock }, token)).toMatchObject({ bookingId });
    const { items } = await listAuditEntries(ctx, { subjectId: bookingId });
    expect(items.filter(({ action }) => action === "booking.reminded")).toHaveLength(1);
    expect(JSON.stringify(items)).not.toContain(TO);
  });

  it("is of the time it has by then: none of one cancelled or moved away, another of where it was moved to", async () => {
    const { ctx, at, raise, send, due, letters, bookingId, book } = await salonWithMia();
    const cancelled = await book(tuesday("10:00"), "Ann");
    at("2026-11-23T14:00:00-05:00");
    const raised = await raise();
    expect(raised.map((each) => each.subject_id).sort()).toEqual([bookingId, cancelled].sort());
    await cancelBooking(ctx, { bookingId: cancelled });
    await rescheduleBooking(ctx, { bookingId, startsAt: "2026-11-27T09:00:00-05:00" });
    await send(raised);
    expect(letters).toEqual([]);
    at("2026-11-26T09:00:00-05:00");
    await due();
    expect(letters.map(({ subject }) => subject)).toEqual(["Reminder: Haircut at Test Salon, Fri 27 Nov 2026, 09:00"]);
  });

  it("is not written to who booked within that time, to nobody without an address, and not where it is switched off", async () => {
    const { at, due, letters, book, as } = await salonWithMia();
    at("2026-11-24T09:00:00-05:00");
    await book(tuesday("16:00"), "Late");
    await due();
    expect(letters).toHaveLength(1);
    const silent = await salonWithMia({});
    now = Date.parse("2026-11-23T15:00:00-05:00");
    await silent.due();
    await updateOrganization(as("owner"), { reminderHours: 0 });
    await book("2026-11-25T12:00:00-05:00", "Off");
    at("2026-11-25T09:00:00-05:00");
    await due();
    expect([silent.letters, letters.length]).toEqual([[], 1]);
    for (const reminderHours of [169, "", " ", "24.5"])
      await expect(updateOrganization(as("owner"), { reminderHours })).rejects.toMatchObject({
        options: { fields: [{ path: "reminderHours" }] },
      });
  });

  it("says where it is and that a time is still to be confirmed, and nobody is written to for who has closed", async () => {
    const { ctx, at, raise, send, letters, orgId, book } = await salonWithMia();
    const { id: locationId } = await createLocation(ctx, { name: "East", address: "7 East Lane" });
    await database.db.execute(
      `update bookings set tentative = true, location_id = '${locationId}' where org_id = '${orgId}'`,
    );
    at("2026-11-23T15:00:00-05:00");
    await send(await raise());
    expect(letters[0]?.text).toContain("still to be confirmed");
    expect(letters[0]?.text).toContain("\nWhere: East, 7 East Lane\n");
    at("2026-11-24T15:00:00-05:00");
    await book("2026-11-27T10:00:00-05:00", "Closed");
    at("2026-11-26T10:00:00-05:00");
    const raised = await raise();
    await database.db.execute(`update organizations set deleted_at = now() where id = '${orgId}'`);
    await send(raised);
    expect([raised.length, letters.length]).toEqual([2, 1]);
  });

  it("is tried again after a failure, and given up where the address takes none", async () => {
    const { at, raise, send, letters, state } = await salonWithMia();
    at("2026-11-23T15:00:00-05:00");
    const raised = await raise();
    state.error = new MailError(false, "later", undefined);
    await expect(send(raised)).rejects.toThrow("later");
    state.error = new MailError(true, "never", undefined);
    await send(raised);
    state.error = undefined;
    await send(raised);
    await send(raised);
    expect(letters).toHaveLength(1);
  });

  it("killed after the letter was taken, it is the same letter again: one key, one link, one Message-ID", async () => {
    const { ctx, at, raise, send, letters, mailer, bookingId } = await salonWithMia();
    at("2026-11-23T15:00:00-05:00");
    const raised = await raise();
    const { send: take } = mailer;
    mailer.send = async (mail) => {
      await take(mail);
      throw new Error("killed");
    };
    await expect(send(raised)).rejects.toThrow("killed");
    mailer.send = take;
    now += 60_000;
    await send(raised);
    await send(raised);
    expect(letters).toHaveLength(2);
    expect(letters[1]).toEqual(letters[0]);
    expect(letters[0]?.key).toContain(bookingId);
    const { items } = await listAuditEntries(ctx, { subjectId: bookingId });
    expect(items.filter(({ action }) => action === "booking.link_created")).toHaveLength(1);
  });
});
