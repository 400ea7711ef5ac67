import "server-only";
import { listCalendarsDue, listCalendarsStale, listCalendarWritesDue, type TenantRef } from "@/db/system";
import {
  alertStaleCalendar,
  forgetEverything,
  retryWrites,
  rewriteContact,
  syncCalendar,
  writeBooking,
} from "@/lib/calendars";
import { type Context, systemActor } from "@/lib/platform/context";
import { type App, contextFor } from "./app";
import { LETTER_RETRIES, mailBooking } from "./booking-mail";
import { mailCalendarAlert } from "./calendar-alert-mail";
import { calendarVendorsFor } from "./calendar-vendors";
import type { WorkerSubscription, WorkerTask } from "./workers";

const BATCH = 200;
/** Vendors are waited for side by side: one that is slow does not keep the others. */
const AT_ONCE = 8;

const contextOf = (app: App, job: string, orgId: string) => contextFor(app, orgId, systemActor(job));

export const calendarSubscriptions: Record<string, WorkerSubscription> = {
  "sync-calendar": {
    on: ["calendar.requested"],
    concurrency: AT_ONCE,
    async run(app, { orgId, subjectId }) {
      await syncCalendar(contextOf(app, "sync-calendar", orgId), subjectId, calendarVendorsFor(app));
    },
  },
  "write-calendar": {
    on: ["booking.created", "booking.rescheduled", "booking.cancelled", "booking.updated"],
    when: (event) => event.hasCalendars,
    concurrency: AT_ONCE,
    run: (app, { orgId, subjectId }) =>
      writeBooking(contextOf(app, "write-calendar", orgId), subjectId, calendarVendorsFor(app)),
  },
  "mail-booking": {
    on: ["booking.created", "booking.rescheduled", "booking.cancelled"],
    when: (event) => event.hasAddress,
    retries: LETTER_RETRIES,
    run: (app, ref) => mailBooking(app, contextOf(app, "mail-booking", ref.orgId), ref),
  },
  "erase-in-calendars": {
    on: ["contact.erased"],
    run: (app, { orgId, subjectId }) =>
      rewriteContact(contextOf(app, "erase-in-calendars", orgId), subjectId, calendarVendorsFor(app)),
  },
  "forget-calendars": {
    on: ["organization.closed"],
    run: (app, { orgId }) => forgetEverything(contextOf(app, "forget-calendars", orgId), calendarVendorsFor(app)),
  },
  "mail-calendar-alert": {
    on: ["calendar.alerted"],
    run: (app, { orgId, subjectId }) => mailCalendarAlert(app, contextOf(app, "mail-calendar-alert", orgId), subjectId),
  },
};

/** Each in its organisation, some at once; one that fails is logged and does not keep the others. */
async function forEach(
  app: App,
  job: string,
  refs: readonly TenantRef[],
  signal: AbortSignal,
  work: (ctx: Context, id: string) => Promise<unknown>,
): Promise<void> {
  const waiting = [...refs];
  const lane = async () => {
    for (let ref = waiting.shift(); ref && !signal.aborted; ref = waiting.shift()) {
      const { id } = ref;
      const ctx = contextOf(app, job, ref.orgId);
      await work(ctx, id).catch((error: unknown) => ctx.log.error({ err: error, job, subjectId: id }, "task failed"));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  if (refs.length > 0) app.jobs.poke();
}

export const calendarTasks: WorkerTask[] = [
  {
    name: "sync-calendars",
    everySeconds: 15,
    async run(app, signal) {
      const due = await listCalendarsDue(app.database, app.clock.now(), BATCH);
      const vendors = calendarVendorsFor(app);
      await forEach(app, "sync-calendars", due, signal, (ctx, id) => syncCalendar(ctx, id, vendors));
    },
  },
  {
    /** Apart from the reading, so that a slow vendor does not keep its own alarm. */
    name: "watch-calendars",
    everySeconds: 15,
    async run(app, signal) {
      const stale = await listCalendarsStale(app.database, app.clock.now(), BATCH);
      await forEach(app, "watch-calendars", stale, signal, alertStaleCalendar);
    },
  },
  {
    name: "write-calendars",
    everySeconds: 15,
    async run(app, signal) {
      const due = await listCalendarWritesDue(app.database, app.clock.now(), BATCH);
      const vendors = calendarVendorsFor(app);
      await forEach(app, "write-calendars", due, signal, (ctx, id) => retryWrites(ctx, id, vendors));
    },
  },
];
