import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { inTenant } from "@/db/tenant";
import { startGoogleCalendarEmulator } from "@/emulators/google-calendar";
import { startMicrosoftCalendarEmulator } from "@/emulators/microsoft-calendar";
import { forgetEverything, listAccounts, listCalendarAlerts } from "@/lib/calendars";
import type { Clock } from "@/lib/platform/clock";
import type { Context } from "@/lib/platform/context";
import { bookAppointment, cancelBooking, findSlots } from "@/lib/scheduling";
import { connectCaldav } from "@/lib/wiring/calendar-connect";
import { type CaldavServer, dav, eventText, makeCalendar, startRadicale, unavailable } from "./caldav-servers";
import { type CalendarApp, calendarApp, connectInBrowser, runCalendars, servePushes } from "./calendar-app";
import { anyDatabase } from "./database";
import { type EmulatedCalendars, emulateCalendars } from "./emulated-calendars";
import { createSalon, FRIDAY_TEN, tuesday } from "./salon";

const MINUTE = 60_000;
const notAtAll = { open: () => undefined, oauth: () => undefined, pushAddress: () => undefined };
/** Far beyond anything a test waits for; faults are ended by hand. */
const UNTIL_CLEARED_MS = 86_400_000;

/** What the tests do at a vendor, in their words. */
type Vendor = {
  /** An event of the person's own; answers how to take it away again. */
  add(start: string, end: string): Promise<void>;
  /** Events that are not the person's own. */
  bookingsThere(): Promise<number>;
  revoke(): Promise<void>;
  /** Connects, the second time after whatever was revoked. */
  connect(): Promise<string>;
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  forgetTokens?(): Promise<void>;
  control?: EmulatedCalendars["control"];
};

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});

/** The server's tasks run so often. */
const TURN_MS = 15_000;

/** The next turn in which there is anything to do: a calendar to read, one that is not current any more, a booking to write. */
async function nextTurn(ctx: Context, nowMs: number): Promise<number> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select (extract(epoch from min(at)) * 1000)::float8 as at from (
        select next_sync_at as at from calendars c join calendar_accounts a on a.id = c.account_id and a.revoked_at is null where c.blocks
        union all select coalesce(fresh_until, created_at + interval '1 minute') from calendars where blocks and alerted_at is null
        union all select due_at from calendar_writes w join calendars c on c.id = w.calendar_id
          join calendar_accounts a on a.id = c.account_id and a.revoked_at is null) due`),
  );
  const dueMs = (rows[0] as { at: number | null }).at ?? Number.POSITIVE_INFINITY;
  return Math.max(nowMs, Math.floor(dueMs / TURN_MS) * TURN_MS) + TURN_MS;
}

/** A salon whose Anna's calendar is at a vendor. Time stands still unless `pass` moves it; turns with nothing to do are not run. */
async function salonAt(
  open: (app: CalendarApp, salon: Awaited<ReturnType<typeof createSalon>>) => Promise<Vendor>,
  urls: object = {},
) {
  const time = { ms: Date.parse(FRIDAY_TEN) };
  const clock: Clock = { now: () => new Date(time.ms) };
  const salon = await createSalon(database, { now: clock });
  const { ctx } = salon;
  let app: CalendarApp;
  const pushes = await servePushes(() => app);
  app = calendarApp(database, ctx.keys, { clock, appUrl: pushes.url, ...urls });
  const vendor = await open(app, salon);
  const done = new Set<string>();
  const now = () => runCalendars(app, ctx, done);
  await vendor.connect();
  await now();
  return {
    ...salon,
    app,
    pushes,
    vendor,
    now,
    /** Answers after how many minutes the first alert stood, counted from the call. */
    async pass(minutes: number): Promise<number | undefined> {
      const began = time.ms;
      let alertedAt: number | undefined;
      const turn = async (atMs: number) => {
        time.ms = atMs;
        await now();
        if (alertedAt === undefined && (await listCalendarAlerts(ctx)).length > 0) alertedAt = time.ms;
      };
      await turn(began);
      const end = began + minutes * MINUTE;
      for (let next = await nextTurn(ctx, time.ms); next < end; next = await nextTurn(ctx, time.ms)) await turn(next);
      await turn(end);
      return alertedAt === undefined ? undefined : (alertedAt - began) / MINUTE;
    },
    book: (start: string) =>
      bookAppointment(ctx, {
        serviceId: salon.haircut.id,
        staffId: salon.anna.id,
        startsAt: tuesday(start),
        name: "Mia",
      }),
    async isFree(start: string) {
      const wanted = {
        serviceId: salon.haircut.id,
        staffId: salon.anna.id,
        fromDate: "2026-11-24",
        toDate: "2026-11-24",
      };
      return (await findSlots(ctx, wanted)).slots.some((slot) => slot.startsAt.includes(`T${start}`));
    },
    tentativeBookings: async () =>
      (await inTenant(ctx, (tx) => tx.execute(sql`select id from bookings where tentative`))).rows.length,
  };
}

type Business = Awaited<ReturnType<typeof salonAt>>;

const emulated = (name: "google" | "microsoft") => {
  let emulator: EmulatedCalendars;
  let serial = 0;
  return {
    start: async () => {
      emulator = await emulateCalendars(
        name === "google" ? startGoogleCalendarEmulator : startMicrosoftCalendarEmulator,
      );
    },
    stop: () => emulator.close(),
    open: () =>
      salonAt(
        async (app, { ctx, anna }) => {
          const { control } = emulator;
          await control("DELETE", "/faults");
          const account = await control<{ id: string }>("POST", "/accounts", {
            email: `anna${++serial}@salon.example`,
            name: "Anna",
            zone: "America/New_York",
          });
          const at = `/accounts/${account.id}`;
          return {
            control,
            add: async (start, end) => void (await control("POST", `${at}/events`, { title: "Private", start, end })),
            bookingsThere: async () =>
              (await control<{ title: string; isCancelled: boolean }[]>("GET", `${at}/events`)).filter(
                (event) => event.title.startsWith("Haircut") && !event.isCancelled,
              ).length,
            revoke: async () => {
              await control("POST", `${at}/revoke`);
            },
            connect: () => connectInBrowser(app, ctx, { vendor: name, staffId: anna.id, accountId: account.id }),
            goDown: async () => void (await control("POST", "/faults", { downForMs: UNTIL_CLEARED_MS })),
            comeBack: async () => void (await control("DELETE", "/faults")),
            forgetTokens: async () => void (await control("POST", `${at}/expire-sync-tokens`)),
          };
        },
        { [name]: emulator.url },
      ),
  };
};

const onRadicale = () => {
  let server: CaldavServer;
  let serial = 0;
  return {
    start: async () => {
      server = await startRadicale();
    },
    stop: () => server.close(),
    open: () =>
      salonAt(
        async (app, { ctx, anna }) => {
          server.setPassword("correct horse");
          for (let n = 1; n <= serial; n++) await dav(server, "DELETE", `/anna/work${n}/`);
          const calendar = await makeCalendar(server, `work${++serial}`);
          let events = 0;
          return {
            add: async (start, end) => {
              const stamp = (iso: string) => new Date(iso).toISOString().replace(/[-:]|\.\d+/g, "");
              const lines = [`DTSTART:${stamp(start)}`, `DTEND:${stamp(end)}`];
              await dav(server, "PUT", `${calendar}own${++events}.ics`, eventText(`own${events}`, lines));
            },
            bookingsThere: async () =>
              ((await (await dav(server, "GET", calendar)).text()).match(/^SUMMARY:Haircut/gm) ?? []).length,
            revoke: async () => server.setPassword("another"),
            connect: async () => {
              server.setPassword("correct horse");
              const { url, username, password } = server;
              return connectCaldav(app, ctx, { staffId: anna.id, url, username, password });
            },
            goDown: () => server.stop(),
            comeBack: () => server.start(),
          };
        },
        { privateOrigins: [server.origin] },
      ),
  };
};

const vendors = [
  ["Google", emulated("google"), undefined],
  ["Microsoft", emulated("microsoft"), undefined],
  ["Radicale", onRadicale(), unavailable("radicale")],
] as const;

for (const [name, vendor, missing] of vendors) {
  describe.skipIf(missing)(`a calendar at ${name}`, () => {
    beforeAll(vendor.start);
    afterAll(vendor.stop);
    let business: Business;
    const open = async () => {
      business = await vendor.open();
      return business;
    };
    // The periodic tasks work for every business there is: those of earlier tests would be read on and on.
    afterEach(async () => {
      business.pushes.close();
      await forgetEverything(business.ctx, notAtAll);
    });

    test("blocks what it takes, receives bookings, and never reads them back as busy", async () => {
      const { ctx, vendor: there, book, isFree, pass } = await open();
      await there.add(tuesday("10:00"), tuesday("11:00"));
      await pass(6);
      expect(await isFree("10:30")).toBe(false);
      expect(await book("10:30")).toMatchObject({ ok: false, reason: "slot_taken" });
      const booked = await book("14:00");
      expect(booked).toMatchObject({ ok: true, value: { tentative: false } });
      await pass(6);
      expect(await there.bookingsThere()).toBe(1);
      await cancelBooking(ctx, { bookingId: booked.ok ? booked.value.id : "" });
      await pass(6);
      expect(await there.bookingsThere()).toBe(0);
      expect(await isFree("14:00")).toBe(true);
      expect(await listCalendarAlerts(ctx)).toEqual([]);
    });

    test("whose permission is withdrawn alerts within a minute of being met, and catches up when it is given again", async () => {
      const { ctx, app, vendor: there, book, isFree, pass, tentativeBookings } = await open();
      await there.add(tuesday("10:00"), tuesday("11:00"));
      await pass(6);
      await there.revoke();
      // Met at the next poll, five minutes away at most.
      expect(await pass(7)).toBeLessThanOrEqual(6);
      expect(await listCalendarAlerts(ctx)).toMatchObject([
        { kind: "unreliable", isRevoked: true, staff: "Anna Berg" },
      ]);
      expect(app.mails).toMatchObject([{ subject: expect.stringContaining("Anna Berg") }]);
      expect(await book("10:30")).toMatchObject({ ok: false, reason: "slot_taken" });
      expect(await book("14:00")).toMatchObject({ ok: true, value: { tentative: true } });
      await there.add(tuesday("15:00"), tuesday("16:00"));
      await pass(5);
      expect(app.mails).toHaveLength(1);
      await there.connect();
      await pass(1);
      expect(await listCalendarAlerts(ctx)).toEqual([]);
      expect(await tentativeBookings()).toBe(0);
      expect(await isFree("15:30")).toBe(false);
      expect(await there.bookingsThere()).toBe(1);
    });

    test("that is down for an hour alerts, keeps what was known, and catches up", async () => {
      const { ctx, app, vendor: there, book, isFree, pass, tentativeBookings } = await open();
      await there.add(tuesday("10:00"), tuesday("11:00"));
      await pass(6);
      await there.goDown();
      const before = await book("13:00");
      expect(before).toMatchObject({ ok: true, value: { tentative: false } });
      // Current for fifteen minutes after the last reading, then told about within a minute.
      expect(await pass(60)).toBeLessThanOrEqual(16);
      expect(app.mails).toHaveLength(1);
      expect(await listCalendarAlerts(ctx)).toMatchObject([{ kind: "unreliable", isRevoked: false }]);
      expect(await book("10:30")).toMatchObject({ ok: false, reason: "slot_taken" });
      expect(await book("14:00")).toMatchObject({ ok: true, value: { tentative: true } });
      await there.comeBack();
      await there.add(tuesday("15:00"), tuesday("16:00"));
      await pass(3);
      expect(await listCalendarAlerts(ctx)).toEqual([]);
      expect(await tentativeBookings()).toBe(0);
      expect(await isFree("15:30")).toBe(false);
      expect(await there.bookingsThere()).toBe(2);
      const [account] = await listAccounts(ctx);
      expect(account?.calendars.find((calendar) => calendar.blocks)).toMatchObject({
        freshness: "current",
        failure: null,
      });
    });

    test("that forgets its sync tokens (410) is read anew, and nothing is lost", async ({ skip }) => {
      skip(name === "Radicale", "Radicale cannot be told to forget a token");
      const { ctx, vendor: there, isFree, pass } = await open();
      await there.add(tuesday("10:00"), tuesday("11:00"));
      await pass(6);
      await there.forgetTokens?.();
      await there.add(tuesday("15:00"), tuesday("16:00"));
      await pass(6);
      expect(await isFree("10:30")).toBe(false);
      expect(await isFree("15:30")).toBe(false);
      expect(await listCalendarAlerts(ctx)).toEqual([]);
    });

    for (const skewMs of name === "Radicale" ? [] : [-3_600_000, 3_600_000])
      test(`whose clock is ${skewMs / 3_600_000} h off is read, written and waited for by durations`, async () => {
        const { ctx, vendor: there, book, isFree, pass } = await open();
        await there.control?.("POST", "/faults", { clockSkewMs: skewMs });
        await there.add(tuesday("10:00"), tuesday("11:00"));
        await pass(6);
        expect(await isFree("10:30")).toBe(false);
        await there.control?.("POST", "/faults", { rateLimit: { times: 3, retryAfterSeconds: 120 } });
        expect(await book("14:00")).toMatchObject({ ok: true });
        await pass(8);
        expect(await there.bookingsThere()).toBe(1);
        expect(await listCalendarAlerts(ctx)).toEqual([]);
      });

    test("that pushes five times is read once; one whose push is slow or lost is polled", async ({ skip }) => {
      skip(name === "Radicale", "CalDAV has no push");
      const { vendor: there, pushes, isFree, now, pass } = await open();
      const until = async (count: number) => {
        for (const end = Date.now() + 20_000; pushes.answered.length < count && Date.now() < end; )
          await new Promise((resolve) => setTimeout(resolve, 10));
      };
      const reads = async () =>
        ((await there.control?.<{ method: string; path: string }[]>("GET", "/requests")) ?? []).filter(
          ({ method, path }) => method === "GET" && /\/events$|calendarView\/delta/.test(path.split("?")[0] ?? ""),
        ).length;
      await pass(1);
      await there.control?.("POST", "/faults", { push: { copies: 5 } });
      const [before, heard] = [await reads(), pushes.answered.length];
      await there.add(tuesday("10:00"), tuesday("11:00"));
      await until(heard + 5);
      expect(pushes.answered.slice(heard)).toEqual([202, 202, 202, 202, 202]);
      await now();
      expect(await isFree("10:30")).toBe(false);
      await now();
      expect((await reads()) - before).toBe(1);
      // Nothing is heard for an hour: the next poll finds it.
      await there.control?.("POST", "/faults", { push: { drop: true } });
      await there.add(tuesday("15:00"), tuesday("16:00"));
      await now();
      expect(await isFree("15:30")).toBe(true);
      await pass(6);
      expect(await isFree("15:30")).toBe(false);
      // One that comes late finds nothing new and does no harm.
      await there.control?.("POST", "/faults", { push: { delayMs: 300 } });
      const late = pushes.answered.length;
      await there.add(tuesday("12:00"), tuesday("13:00"));
      await pass(6);
      expect(await isFree("12:30")).toBe(false);
      await until(late + 1);
      await now();
      expect(await isFree("12:30")).toBe(false);
    });
  });
}
