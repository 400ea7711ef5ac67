import "server-only";
import { listWaitlistDue } from "@/db/system";
import { systemActor } from "@/lib/platform/context";
import { MailError } from "@/lib/platform/mail";
import { endDueHold, freedTimeOfEvent, offerFreedTime, offerOfEvent, tellOfOffer } from "@/lib/waitlist";
import { contextFor } from "./app";
import type { WorkerSubscription, WorkerTask } from "./workers";

const BATCH = 100;

export const waitlistSubscriptions: Record<string, WorkerSubscription> = {
  "offer-freed-time": {
    on: ["booking.cancelled", "booking.rescheduled", "booking.hold_released"],
    async run(app, { orgId, eventId }) {
      const ctx = contextFor(app, orgId, systemActor("offer-freed-time"));
      const freed = await freedTimeOfEvent(ctx, eventId);
      if (freed && freed.endMs > app.clock.now().getTime()) await offerFreedTime(ctx, freed);
      app.jobs.poke();
    },
  },
  "tell-of-offer": {
    on: ["waitlist.offered"],
    async run(app, { orgId, eventId }) {
      const ctx = contextFor(app, orgId, systemActor("tell-of-offer"));
      const offerId = await offerOfEvent(ctx, eventId);
      try {
        if (offerId) await tellOfOffer(ctx, offerId, { mailer: app.mailer, appUrl: app.env.appUrl });
      } catch (error) {
        // An address that does not take letters keeps the offer: it is on the owner's screen as not told.
        if (!(error instanceof MailError && error.permanent)) throw error;
        ctx.log.warn({ err: error, offerId }, "waitlist offer not mailed");
      }
    },
  },
};

export const waitlistTasks: WorkerTask[] = [
  {
    name: "end-due-holds",
    everySeconds: 30,
    async run(app, signal) {
      const due = await listWaitlistDue(app.database, app.clock.now(), BATCH);
      for (const { id, orgId } of due) {
        if (signal.aborted) return;
        const ctx = contextFor(app, orgId, systemActor("end-due-holds"));
        await endDueHold(ctx, id).catch((error: unknown) => ctx.log.error({ err: error, holdId: id }, "task failed"));
      }
      if (due.length > 0) app.jobs.poke();
    },
  },
];
