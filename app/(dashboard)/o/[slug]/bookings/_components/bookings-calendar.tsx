import { DayCalendar, WeekCalendar } from "@/components/bookings/calendars";
import { formatPhone } from "@/components/ui/phone";
import type { Organization } from "@/lib/organizations/schemas";
import type { Context } from "@/lib/platform/context";
import { getAvailability, mondayOf, parseIsoDay } from "@/lib/scheduling";
import { moveByDragging } from "../actions";
import type { Place } from "../addresses";
import { toCalendar } from "../calendar-data";
import { NobodyYet } from "./nobody-yet";

type Props = { ctx: Context; org: Organization; place: Place; mayWrite: boolean };

export async function BookingsCalendar({ ctx, org, place, mayWrite }: Props) {
  const day = parseIsoDay(place.date) ?? 0;
  const isWeek = place.view === "week";
  const availability = await getAvailability(ctx, {
    from: isWeek ? mondayOf(day) : day,
    days: isWeek ? 7 : 1,
    staffId: place.staff,
  });
  if (availability.staff.length === 0) return <NobodyYet slug={org.slug} mayConfigure={mayWrite} />;
  const data = toCalendar(availability, { slug: org.slug, writePhone: (e164) => formatPhone(e164, org.country) });
  const Calendar = isWeek ? WeekCalendar : DayCalendar;
  return (
    <>
      <Calendar
        data={data}
        {...(mayWrite
          ? {
              newHref: `/o/${org.slug}/bookings/new?date={day}&minute={minute}&staff={staff}`,
              onMove: moveByDragging.bind(null, org.slug),
            }
          : {})}
      />
      {mayWrite && (
        <p data-print="hide" className="mt-2 text-xs text-muted pointer-coarse:hidden">
          Drag a booking to move it, or open it and choose Move. With the keyboard: m, the arrows, Enter.
        </p>
      )}
    </>
  );
}
