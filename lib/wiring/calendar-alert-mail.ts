import "server-only";
import { alertToMail, markAlertMailed } from "@/lib/calendars";
import { listMembers } from "@/lib/organizations";
import type { Context } from "@/lib/platform/context";
import { MailError } from "@/lib/platform/mail";
import type { App } from "./app";

/** Tells the owners by mail that a calendar cannot be relied on; once per alert, and not at all where it has recovered meanwhile. */
export async function mailCalendarAlert(app: App, ctx: Context, calendarId: string): Promise<void> {
  const alert = await alertToMail(ctx, calendarId);
  // Without a transport the overview says it alone.
  if (!alert || (app.env.mode === "deployed" && !app.env.mail)) return;
  const owners = (await listMembers(ctx)).filter((member) => member.role === "owner" && member.email);
  for (const { email } of owners)
    await app.mailer
      .send({
        to: email,
        key: `calendar:${calendarId}:${alert.since}`,
        subject: `The calendar “${alert.calendar}” of ${alert.staff} cannot be relied on`,
        text: [
          `${alert.organization}: the calendar “${alert.calendar}” of ${alert.staff} cannot be relied on since ${alert.since}.`,
          "",
          alert.reason,
          "",
          `Until it can be read again in full, nothing in it is taken for free: times with ${alert.staff} are booked “to be confirmed”.`,
          "",
          `See to it here: ${app.env.appUrl}/o/${alert.slug}/settings/calendars`,
        ].join("\n"),
      })
      .catch((error: unknown) => {
        if (!(error instanceof MailError && error.permanent)) throw error;
        ctx.log.warn({ err: error, calendarId }, "an owner's address does not take mail");
      });
  await markAlertMailed(ctx, calendarId);
}
