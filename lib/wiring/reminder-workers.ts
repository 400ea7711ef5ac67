import "server-only";
import { listRemindersDue } from "@/db/system";
import { systemActor } from "@/lib/platform/context";
import { MailError } from "@/lib/platform/mail";
import { raiseReminder, sendReminder } from "@/lib/reminders";
import { type App, contextFor } from "./app";
import { LETTER_RETRIES } from "./booking-mail";
import type { WorkerSubscription, WorkerTask } from "./workers";

const BATCH = 200;

const hasMail = ({ env }: App) => env.mode === "embedded" || env.mail !== undefined;

export const reminderSubscriptions: Record<string, WorkerSubscription> = {
  "send-reminder": {
    on: ["booking.reminder_due"],
    retries: LETTER_RETRIES,
    async run(app, { orgId, subjectId }) {
      const ctx = contextFor(app, orgId, systemActor("send-reminder"));
      try {
        await sendReminder(ctx, subjectId, { mailer: app.mailer, appUrl: app.env.appUrl });
      } catch (error) {
        if (!(error instanceof MailError && error.permanent)) throw error;
        ctx.log.warn({ err: error }, "a caller's address takes no reminder");
      }
    },
  },
};

export const reminderTasks: WorkerTask[] = [
  {
    name: "raise-reminders",
    everySeconds: 60,
    async run(app, signal) {
      if (!hasMail(app)) return;
      for (let more = true; more && !signal.aborted; ) {
        const due = await listRemindersDue(app.database, app.clock.now(), BATCH);
        let raised = 0;
        for (const { id, orgId } of due) {
          if (signal.aborted) break;
          const ctx = contextFor(app, orgId, systemActor("raise-reminders"));
          const isRaised = await raiseReminder(ctx, id).catch((error: unknown) => {
            ctx.log.error({ err: error, bookingId: id }, "task failed");
            return false;
          });
          if (isRaised) raised++;
        }
        if (raised > 0) app.jobs.poke();
        more = due.length === BATCH && raised > 0;
      }
    },
  },
];
