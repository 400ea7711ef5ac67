import "server-only";
import { writeInvitation } from "@/lib/adapters/ics";
import { readInvitation } from "@/lib/calendars";
import type { Context } from "@/lib/platform/context";
import type { JobRef } from "@/lib/platform/jobs";
import { type Mail, MailError } from "@/lib/platform/mail";
import type { App } from "./app";

/** Longer than any job is retried. */
const REMEMBER_SECONDS = 7 * 86_400;

/**
 * Writes to the caller who left an address: what was booked, moved or cancelled, with an invitation their calendar understands. Says how
 * the booking stands when the letter is written; once per event as far as the cache remembers.
 */
export async function mailBooking(app: App, ctx: Context, { subjectId, eventId }: JobRef): Promise<void> {
  if (app.env.mode === "deployed" && !app.env.mail) return;
  const booking = await readInvitation(ctx, subjectId);
  if (!booking) return;
  const key = `booking-mail:${subjectId}:${booking.changedMs}`;
  if (!(await app.kv.set(key, eventId, { ttlSeconds: REMEMBER_SECONDS, onlyIfAbsent: true }))) return;
  const what = `${booking.service} with ${booking.staff}`;
  const from = /<([^<>\s]+@[^<>\s]+)>|(\S+@\S+)/.exec(app.env.mail?.from ?? "");
  const organizer = { name: booking.organization, email: from?.[1] ?? from?.[2] ?? "no-reply@localhost" };
  const invitation = writeInvitation(
    {
      uid: `${subjectId}@caly`,
      sequence: Math.floor(booking.changedMs / 1000) % 2 ** 31,
      startMs: booking.startMs,
      endMs: booking.endMs,
      changedMs: booking.changedMs,
      title: `${booking.service}, ${booking.organization}`,
      description: `With ${booking.staff}.`,
      isCancelled: booking.isCancelled,
    },
    organizer,
    booking.to,
  );
  const mail: Mail = {
    to: booking.to.email,
    subject: `${booking.isCancelled ? "Cancelled" : "Your appointment"}: ${what}, ${booking.when}`,
    text: [
      booking.isCancelled
        ? `${what} at ${booking.organization} on ${booking.when} (${booking.zone}) is cancelled.`
        : `You are booked: ${what} at ${booking.organization}, ${booking.when} (${booking.zone}).`,
      ...(booking.tentative && !booking.isCancelled
        ? ["", "The time is still to be confirmed: you will hear from us if it has to change."]
        : []),
    ].join("\n"),
    invitation: { method: booking.isCancelled ? "CANCEL" : "REQUEST", text: invitation },
  };
  try {
    await app.mailer.send(mail);
  } catch (error) {
    if (error instanceof MailError && error.permanent)
      return ctx.log.warn({ err: error }, "a caller's address takes no mail");
    await app.kv.del(key);
    throw error;
  }
}
