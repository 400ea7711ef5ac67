import { beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { MemoryKv } from "@/lib/platform/kv";
import { type Mail, MailError } from "@/lib/platform/mail";
import { bookAppointment, cancelBooking } from "@/lib/scheduling";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, tuesday } from "@/tests/salon";
import type { App } from "./app";
import { mailBooking } from "./booking-mail";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

async function bookedWith(email: string | undefined) {
  const salon = await createSalon(database);
  const mails: Mail[] = [];
  const state = { error: undefined as Error | undefined };
  const app = {
    env: { mode: "embedded", mail: { smtpUrl: "smtp://x", from: "Caly <no-reply@caly.test>" } },
    kv: new MemoryKv(),
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
  const job = { orgId: salon.orgId, subjectId: booked.value.id, eventId: "evt_1" };
  return { ...salon, mails, state, bookingId: booked.value.id, mail: () => mailBooking(app, salon.ctx, job) };
}

/** Long lines of a calendar file are folded. */
const unfolded = (mail: Mail | undefined) => mail?.invitation?.text.replace(/\r?\n[ \t]/g, "") ?? "";

describe("a letter about a booking", () => {
  test("goes once to who left an address, with an invitation, and takes it back when it is cancelled", async () => {
    const { ctx, mails, mail, bookingId } = await bookedWith("mia@example.test");
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
    const later = { ...ctx, clock: { now: () => new Date(ctx.clock.now().getTime() + 60_000) } };
    await cancelBooking(later, { bookingId });
    await mail();
    expect(mails).toHaveLength(2);
    expect(unfolded(mails[1])).toMatch(/METHOD:CANCEL/);
    const sequence = (each: Mail | undefined) => Number(/SEQUENCE:(\d+)/.exec(unfolded(each))?.[1]);
    expect(sequence(mails[1])).toBeGreaterThan(sequence(mails[0]));
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
