import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MayLook } from "@/components/scheduling/edit-page";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/organizations";
import {
  getHolidays,
  getOpeningHours,
  isoOf,
  listDisplaced,
  listLocations,
  listStaff,
  parseIsoDay,
} from "@/lib/scheduling";
import { holidayData } from "@/lib/wiring/holiday-data";
import { memberContext } from "@/lib/wiring/member-context";
import { DisplacedBookings } from "../_components/displaced-bookings";
import { DateForm } from "./_components/date-form";
import { DateList } from "./_components/date-list";
import { HolidayForm } from "./_components/holiday-form";
import { HolidayPlace } from "./_components/holiday-place";
import { MonthView } from "./_components/month-view";
import { WeekForm } from "./_components/week-form";
import { addDate, removeDate, saveHolidays, saveHours } from "./actions";
import { holidayChoices } from "./holiday-choices";
import { isOf, monthOf, readMonth, theBusiness, type Whose } from "./month";

export const metadata: Metadata = { title: "Hours" };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value) || undefined;

export default async function HoursPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const query = await searchParams;
  const asked = { staff: one(query.staff), place: one(query.place) };
  const { ctx, org } = await memberContext(slug);
  const [business, people, places, kept] = await Promise.all([
    getOpeningHours(ctx),
    listStaff(ctx, { includeArchived: true }),
    listLocations(ctx, { includeArchived: true }),
    getHolidays(ctx),
  ]);
  const person = people.find((each) => each.id === asked.staff);
  const place = person ? undefined : places.find((each) => each.id === asked.place);
  if ((asked.staff && !person) || (asked.place && !person && !place)) notFound();
  const whose: Whose = { staffId: person?.id ?? null, locationId: place?.id ?? null };
  const owner = person ?? place;
  const worksAt = places.find((each) => each.id === person?.locationId);
  const followed = worksAt?.weekly ?? business.weekly;
  const base = `/o/${slug}/settings/hours`;
  const mayChange = may(ctx.actor, "scheduling.configure");
  const ofPlace: Whose = { staffId: null, locationId: worksAt?.id ?? null };
  const dates = business.overrides.filter((date) => [theBusiness, ofPlace, whose].some((each) => isOf(date, each)));
  const zone = person?.timeZone ?? worksAt?.timeZone ?? place?.timeZone ?? business.timeZone;
  const chosenDate = readDate(one(query.date), business.today);
  const month = readMonth(one(query.month)) ?? (chosenDate ?? business.today).slice(0, 7);
  const displaced = await listDisplaced(ctx, whose);
  const country = one(query.country);
  // The rules of a country take a tenth of a second to read: only where somebody is about to choose.
  const choices =
    !owner && country !== undefined
      ? holidayChoices(
          await holidayData(),
          kept,
          { country, region: query.region === undefined ? keptRegion(kept, country) : one(query.region) },
          {
            country: org.country,
            today: business.today,
          },
        )
      : undefined;
  const ownerQuery: Record<string, string> | undefined = person
    ? { staff: person.id }
    : place
      ? { place: place.id }
      : undefined;
  const ownHref = ownerQuery ? `${base}?${new URLSearchParams(ownerQuery)}` : base;
  const monthHref = (wanted: string, date?: string) =>
    `${base}?${new URLSearchParams({ ...ownerQuery, month: wanted, ...(date ? { date } : {}) })}`;
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <PageHeader
        className="mb-0"
        title="Hours"
        description={`When callers can be booked. The agent says these hours and offers nothing outside of them. Times in ${zone}.`}
      />
      {people.length + places.length > 0 && (
        <LinkTabs
          label="Whose hours"
          tabs={[
            { href: base, label: "The business" },
            ...places
              .filter((each) => each.active || each === place)
              .map((each) => ({ href: `${base}?place=${each.id}`, label: each.name })),
            ...people
              .filter((each) => each.active || each === person)
              .map((each) => ({ href: `${base}?staff=${each.id}`, label: each.name })),
          ]}
          current={ownHref}
        />
      )}
      {!mayChange && <MayLook />}
      <WeekForm
        key={owner?.id}
        action={saveHours.bind(null, slug, whose)}
        title={person ? `${person.name}’s week` : place ? `Week at ${place.name}` : "Opening hours"}
        description={
          business.weekly.every((spans) => spans.length === 0)
            ? "No opening hours yet: nothing can be booked."
            : "Several spans a day leave a break between them."
        }
        weekly={owner?.weekly ?? followed}
        follows={
          owner ? { isFollowing: owner.weekly === null, ...(person ? personFollows(person.name) : placeFollows) } : null
        }
        readOnly={!mayChange}
      />
      <Card>
        <CardHeader
          title="Dates that differ"
          description={
            owner ? `Closed days and other hours of ${owner.name}.` : "Closed days and other hours, for everyone."
          }
        />
        <MonthView
          month={month}
          weeks={monthOf(month, {
            today: business.today,
            weekly: owner?.weekly ?? followed,
            dates,
            holidays: (kept?.coming ?? []).filter((holiday) => holiday.closes),
            whose,
            worksAt: worksAt?.id,
          })}
          today={business.today}
          chosen={chosenDate}
          href={monthHref}
        />
        <DateList
          dates={dates}
          whose={whose}
          place={worksAt?.name}
          remove={mayChange ? removeDate.bind(null, slug) : undefined}
        />
        {mayChange && (
          <DateForm
            key={`${owner?.id}-${dates.length}-${chosenDate}`}
            action={addDate.bind(null, slug, whose)}
            today={business.today}
            chosen={
              chosenDate === undefined
                ? undefined
                : {
                    onDate: chosenDate,
                    override: dates.find((date) => date.onDate === chosenDate && isOf(date, whose)),
                  }
            }
          />
        )}
      </Card>
      <DisplacedBookings org={org} bookings={displaced} mayWrite={may(ctx.actor, "bookings.write")} />
      {!owner && (
        <Card>
          <CardHeader
            title="Public holidays"
            description="The ticked ones close the business every year. A date of your own above counts before them."
          />
          {choices ? (
            <>
              <HolidayPlace action={base} choices={choices} />
              <HolidayForm
                key={`${choices.country}-${choices.region}`}
                action={saveHolidays.bind(null, slug)}
                choices={choices}
                readOnly={!mayChange}
              />
            </>
          ) : (
            <CardBody className="flex flex-wrap items-center justify-between gap-3 border-t pt-4">
              <p className="min-w-0 flex-1 break-words">
                {kept && kept.closedOn.length > 0
                  ? `Closed on ${kept.closedOn.join(", ")}.`
                  : "No holiday closes the business."}
              </p>
              <ButtonLink href={`${base}?country=${kept?.country ?? org.country}`}>
                {mayChange ? "Choose holidays" : "See holidays"}
              </ButtonLink>
            </CardBody>
          )}
        </Card>
      )}
    </div>
  );
}

const personFollows = (name: string) => ({
  help: `When it is open, ${name} can be booked.`,
  own: {
    label: "Works hours of their own",
    help: "Within the opening hours; what lies outside of them is not offered.",
  },
});

const placeFollows = {
  help: "Open whenever the business is, on its own wall clock.",
  own: { label: "Keeps hours of its own", help: "In place of the opening hours of the business." },
};

/** A date from today on. */
function readDate(text: string | undefined, today: string): string | undefined {
  const day = text === undefined ? undefined : parseIsoDay(text);
  return day === undefined || isoOf(day) < today ? undefined : isoOf(day);
}

const keptRegion = (kept: { country: string; region: string | null } | undefined, country: string) =>
  kept?.country === country ? (kept.region ?? undefined) : undefined;
