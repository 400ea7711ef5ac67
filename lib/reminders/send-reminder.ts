import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { createManageLink } from "@/lib/manage-links";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import type { Mail, Mailer } from "@/lib/platform/mail";
import { sayPlace } from "@/lib/scheduling";

type Row = {
  email: string;
  name: string;
  organization: string;
  service: string;
  staff: string;
  /** null of a business without places. */
  place: Parameters<typeof sayPlace>[0] | null;
  /** "Tue 24 Nov 2026, 14:00", in the zone in which the time was said, which `zone` names. */
  when: string;
  zone: string;
  startsAt: string;
  /** A calendar of the person's could not be read when it was booked, and still cannot. */
  tentative: boolean;
};

/**
 * Writes to whoever left an address with a booking when it is, with a link to see, move and cancel it by; says whether a letter went out. Run
 * again, or for a booking that was cancelled, moved or has begun since the reminder was raised, it does nothing; nor where reminding was switched
 * off or the organisation closed since. Killed after the letter was taken, it sends the same letter, link and key again.
 */
export async function sendReminder(
  ctx: Context,
  bookingId: string,
  { mailer, appUrl }: { mailer: Mailer; appUrl: string },
): Promise<boolean> {
  authorise(ctx, "bookings.write");
  const letter = await inTenant(ctx, async (tx, joined) => {
    const due = await readDue(ctx, tx, bookingId);
    if (!due) return undefined;
    const cause = `reminder:${due.startsAt}`;
    const { token } = await createManageLink(joined, { bookingId, cause });
    const key = `${cause}:${bookingId}`;
    return { startsAt: due.startsAt, mail: { ...letterAbout(due, `${appUrl}/manage/${token}`), key } };
  });
  if (!letter) return false;
  await mailer.send(letter.mail);
  await inTenant(ctx, async (tx) => {
    await tx.execute(sql`
      update booking_reminders set sent_at = ${ctx.clock.now().toISOString()}::timestamptz
      where org_id = ${ctx.orgId} and booking_id = ${bookingId} and starts_at = ${letter.startsAt}::timestamptz`);
    await recordChange(ctx, tx, {
      action: "booking.reminded",
      subject: { kind: "booking", id: bookingId },
      payload: { bookingId },
    });
  });
  return true;
}

async function readDue(ctx: Context, tx: Tx, bookingId: string): Promise<Row | undefined> {
  const { rows } = await tx.execute(sql`
    select b.attendee_email as email, b.attendee_name as name, o.name as organization, v.name as service, s.name as staff,
      b.time_zone as zone, to_char(b.starts_at at time zone b.time_zone, 'Dy FMDD Mon YYYY, HH24:MI') as when,
      case when l.id is not null then json_build_object('name', l.name, 'address', l.address) end as place,
      to_json(b.starts_at)#>>'{}' as "startsAt", b.tentative
    from booking_reminders r join bookings b on b.org_id = r.org_id and b.id = r.booking_id and b.starts_at = r.starts_at
      join services v on v.id = b.service_id join staff s on s.id = b.staff_id join organizations o on o.id = b.org_id
        and o.deleted_at is null and o.reminder_hours > 0
      left join locations l on l.org_id = b.org_id and l.id = b.location_id
    where r.org_id = ${ctx.orgId} and r.booking_id = ${bookingId} and r.sent_at is null and b.status = 'confirmed'
      and b.attendee_email is not null and b.starts_at > ${ctx.clock.now().toISOString()}::timestamptz`);
  return rows[0] as Row | undefined;
}

function letterAbout(
  { email, name, organization, service, staff, place, zone, when, tentative }: Row,
  link: string,
): Mail {
  return {
    to: email,
    subject: `Reminder: ${service} at ${organization}, ${when}`,
    text: [
      `Hello${name ? ` ${name}` : ""},`,
      "",
      `This is to remind you of your appointment on ${when} (${zone}): ${service} with ${staff} at ${organization}.`,
      ...(place ? ["", `Where: ${sayPlace(place)}`] : []),
      ...(tentative ? ["", "The time is still to be confirmed: you will hear from us if it has to change."] : []),
      "",
      `See it, move it or cancel it: ${link}`,
      "Whoever has this link can do the same.",
    ].join("\n"),
    data: { link },
  };
}
