import type { Database } from "@/db/client";
import { listCalendarsDue, listCalendarsStale } from "@/db/system";
import { startGoogleCalendarEmulator } from "@/emulators/google-calendar";
import { startMicrosoftCalendarEmulator } from "@/emulators/microsoft-calendar";
import { alertStaleCalendar, syncCalendar } from "@/lib/calendars";
import { connectForTest } from "@/lib/calendars/testing/connected";
import type { Clock } from "@/lib/platform/clock";
import type { AppError } from "@/lib/platform/errors";
import { problemOf } from "@/lib/platform/http/problem";
import { bookAppointment } from "@/lib/scheduling/book-appointment";
import { findSlots } from "@/lib/scheduling/find-slots";
import { handleCalendarPush } from "@/lib/wiring/calendar-push";
import { calendarVendorsFor, oauthCalendarsFor } from "@/lib/wiring/calendar-vendors";
import { calendarApp, servePushes } from "./calendar-app";
import { connect, emulateCalendars } from "./emulated-calendars";
import { createSalon, FRIDAY_TEN, tuesday } from "./salon";

export type EmulatedVendor = "google" | "microsoft";
const starts = { google: startGoogleCalendarEmulator, microsoft: startMicrosoftCalendarEmulator };

/**
 * A salon whose Anna has connected her calendar at a vendor's emulator, on a clock that the test moves, with a server that takes what the
 * vendor pushes. `close` when done.
 */
export async function connectedCalendar(database: Database, vendor: EmulatedVendor) {
  const time = { ms: Date.parse(FRIDAY_TEN) };
  const clock: Clock = { now: () => new Date(time.ms) };
  const salon = await createSalon(database, { now: clock });
  const emulator = await emulateCalendars(starts[vendor]);
  const pushes = await servePushes(() => app);
  const app = calendarApp(database, salon.ctx.keys, { clock, appUrl: pushes.url, [vendor]: emulator.url });
  /** As the route answers it. */
  const push = (request: Request): Promise<Response> =>
    handleCalendarPush(app, vendor, request).catch(
      (error: AppError) => problemOf(error) ?? new Response(String(error), { status: 500 }),
    );

  const { id: remoteId } = await emulator.control<{ id: string }>("POST", "/accounts", {
    ...{ email: "anna@salon.example", name: "Anna", zone: "America/New_York" },
  });
  const adapter = oauthCalendarsFor(app, { vendor, mode: "emulated" });
  if (!adapter) throw new Error("the vendor is not configured");
  const tokens = await connect(adapter.oauth, remoteId);
  const listed = await adapter.account(async () => ({ ok: true, value: tokens.accessToken })).listCalendars();
  if (!listed.ok) throw new Error(listed.reason);
  const { accountId, calendarId } = await connectForTest(salon.ctx, salon.anna.id, {
    vendor,
    mode: "emulated",
    label: tokens.label,
    calendars: listed.value,
    secret: {
      kind: "oauth",
      refreshToken: tokens.refreshToken ?? "",
      accessToken: tokens.accessToken,
      expiresAtMs: time.ms + tokens.expiresInSeconds * 1000,
    },
  });

  const vendors = calendarVendorsFor(app);
  return {
    ...{ ...salon, app, emulator, accountId, calendarId, push, answers: pushes.answered },
    sync: () => syncCalendar(salon.ctx, calendarId, vendors),
    later: (ms: number) => {
      time.ms += ms;
    },
    /** One turn of the periodic tasks for this calendar alone: what was read, and whether it was told about. */
    async turn() {
      const ours = (refs: { id: string }[]) => refs.some(({ id }) => id === calendarId);
      const isDue = ours(await listCalendarsDue(database, clock.now(), 1000));
      const outcome = isDue ? await syncCalendar(salon.ctx, calendarId, vendors) : undefined;
      const isStale = ours(await listCalendarsStale(database, clock.now(), 1000));
      if (isStale) await alertStaleCalendar(salon.ctx, calendarId);
      return { outcome, isStale };
    },
    isDue: async () => (await listCalendarsDue(database, clock.now(), 1000)).some(({ id }) => id === calendarId),
    /** An event as Anna would make it there, on Tuesday, in New York. */
    make: (from: string, to: string, more: object = {}) =>
      emulator.control<{ id: string }>("POST", `/accounts/${remoteId}/events`, {
        ...{ title: "Dentist", start: tuesday(from), end: tuesday(to), ...more },
      }),
    account: (what: string) => emulator.control("POST", `/accounts/${remoteId}/${what}`),
    /** Tuesday's times with Anna, as they are offered. */
    offered: async () =>
      (
        await findSlots(salon.ctx, {
          ...{ serviceId: salon.haircut.id, staffId: salon.anna.id, fromDate: "2026-11-24", toDate: "2026-11-24" },
        })
      ).slots.map((slot) => slot.startsAt.slice(11, 16)),
    book: (from: string) =>
      bookAppointment(salon.ctx, {
        ...{ serviceId: salon.haircut.id, staffId: salon.anna.id, startsAt: tuesday(from), name: "Mia" },
      }),
    async close() {
      await emulator.close();
      pushes.close();
    },
  };
}
