import "server-only";
import { writeEvents, writeInvitation } from "@/lib/adapters/ics";
import { type BookingInvitation, type InvitedDate, readInvitation } from "@/lib/calendars";
import { createManageLink } from "@/lib/manage-links";
import type { Context } from "@/lib/platform/context";
import type { JobRef } from "@/lib/platform/jobs";
import { type Mail, MailError } from "@/lib/platform/mail";
import type { App } from "./app";

/** About an hour: mail servers are away for longer than other jobs are tried, and whoever waits for a letter cannot run its job again. */
export const LETTER_RETRIES = 20;
/** Longer than any job is retried. */
const REMEMBER_SECONDS = 7 * 86_400;
const WRITING = "writing";
/** Whoever began a letter and died is followed by another after this. */
const WRITING_SECONDS = 120;

/**
 * Writes to the caller who left an address: what was booked, moved or cancelled, with an invitation their calendar understands and a link
 * to see, move and cancel it by. Says how the booking stands when the letter is written; once per event as far as the cache remembers.
 */
export async function mailBooking(app: App, ctx: Context, { subjectId, eventId }: JobRef): Promise<void> {
  if (app.env.mode === "deployed" && !app.env.mail) return;
  const booking = await readInvitation(ctx, subjectId, eventId);
  if (!booking) return;
  const key = `booking-mail:${subjectId}:${booking.changedMs}`;
  // Without the cache a letter goes out twice rather than not at all.
  const unkept = (error: unknown) => ctx.log.warn({ err: error }, "which letters went out could not be kept");
  const isOurs = await app.kv.set(key, WRITING, { ttlSeconds: WRITING_SECONDS, onlyIfAbsent: true }).catch(unkept);
  if (isOurs === false) {
    const kept = await app.kv.get(key);
    if (kept && kept !== WRITING) return;
    throw new Error("Somebody else writes this letter.");
  }
  try {
    await app.mailer.send(await letterAbout(app, ctx, subjectId, booking));
  } catch (error) {
    if (!(error instanceof MailError && error.permanent)) {
      await app.kv.del(key).catch(unkept);
      throw error;
    }
    ctx.log.warn({ err: error }, "a caller's address takes no mail");
  }
  await app.kv.set(key, eventId, { ttlSeconds: REMEMBER_SECONDS }).catch(unkept);
}

async function letterAbout(app: App, ctx: Context, bookingId: string, booking: BookingInvitation): Promise<Mail> {
  const what = `${booking.service} with ${booking.staff}`;
  const from = /<([^<>\s]+@[^<>\s]+)>|(\S+@\S+)/.exec(app.env.mail?.from ?? "");
  const organizer = { name: booking.organization, email: from?.[1] ?? from?.[2] ?? "no-reply@localhost" };
  const event = {
    uid: `${bookingId}@caly`,
    sequence: Math.floor(booking.changedMs / 1000) % 2 ** 31,
    startMs: booking.startMs,
    endMs: booking.endMs,
    changedMs: booking.changedMs,
    title: `${booking.service}, ${booking.organization}`,
    description: `With ${booking.staff}.`,
    location: booking.where ?? undefined,
    isCancelled: booking.isCancelled,
  };
  const dates = booking.series && booking.series.length > 1 ? booking.series : [];
  const entry = (date: InvitedDate) => ({ ...event, ...date, uid: `${date.bookingId}@caly` });
  const { token } = await createManageLink(ctx, { bookingId, cause: `letter:${booking.changedMs}` });
  const link = `${app.env.appUrl}/manage/${token}`;
  const said = booking.isCancelled ? "Cancelled" : booking.before ? "Moved" : "Your appointment";
  return {
    to: booking.to.email,
    key: `booking:${bookingId}:${booking.changedMs}`,
    subject: `${said}: ${what}, ${booking.when}`,
    text: [
      booking.isCancelled
        ? `${what} at ${booking.organization} on ${booking.when} (${booking.zone}) is cancelled.`
        : booking.before
          ? `Your appointment has moved: ${what} at ${booking.organization} is now ${booking.when} (${booking.zone}); it was ${booking.before}.`
          : `You are booked: ${what} at ${booking.organization}, ${booking.when} (${booking.zone}).`,
      ...(dates.length > 0 ? ["", `${dates.length} dates in all:`, ...dates.map(({ when }) => `- ${when}`)] : []),
      ...(booking.where && !booking.isCancelled ? ["", `Where: ${booking.where}`] : []),
      ...(booking.tentative && !booking.isCancelled
        ? ["", "The time is still to be confirmed: you will hear from us if it has to change."]
        : []),
      "",
      ...(booking.isCancelled
        ? [`What was cancelled: ${link}`]
        : [
            `See, move or cancel ${dates.length > 0 ? "the first" : "it"}: ${link}`,
            "Whoever has this link can do the same.",
          ]),
    ].join("\n"),
    data: { link },
    // An invitation is about one event (RFC 5546 §3.2.2): several are given to be added.
    invitation:
      dates.length > 0
        ? { method: "PUBLISH", text: writeEvents(dates.map(entry)) }
        : {
            method: booking.isCancelled ? "CANCEL" : "REQUEST",
            text: writeInvitation(event, organizer, booking.to),
          },
  };
}
