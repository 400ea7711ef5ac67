import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/organizations";
import { getHolidays, getOpeningHours, isoOf, listStaff, parseIsoDay } from "@/lib/scheduling";
import { holidayData } from "@/lib/wiring/holiday-data";
import { memberContext } from "@/lib/wiring/member-context";
import { DateForm } from "./_components/date-form";
import { DateList } from "./_components/date-list";
import { HolidayForm } from "./_components/holiday-form";
import { HolidayPlace } from "./_components/holiday-place";
import { MonthView } from "./_components/month-view";
import { WeekForm } from "./_components/week-form";
import { addDate, removeDate, saveHolidays, saveHours } from "./actions";
import { holidayChoices } from "./holiday-choices";
import { monthOf, readMonth } from "./month";

export const metadata: Metadata = { title: "Hours" };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value) || undefined;

export default async function HoursPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const query = await searchParams;
  const asked = one(query.staff);
  const { ctx, org } = await memberContext(slug);
  const [business, people, kept] = await Promise.all([
    getOpeningHours(ctx),
    listStaff(ctx, { includeArchived: true }),
    getHolidays(ctx),
  ]);
  const person = asked ? people.find((each) => each.id === asked) : undefined;
  if (asked && !person) notFound();
  const staffId = person?.id ?? null;
  const base = `/o/${slug}/settings/hours`;
  const mayChange = may(ctx.actor, "scheduling.configure");
  const dates = business.overrides.filter(
    (date) => date.locationId === null && (date.staffId === null || date.staffId === staffId),
  );
  const zone = person?.timeZone ?? business.timeZone;
  const chosenDate = readDate(one(query.date), business.today);
  const month = readMonth(one(query.month)) ?? (chosenDate ?? business.today).slice(0, 7);
  const country = one(query.country);
  // The rules of a country take a tenth of a second to read: only where somebody is about to choose.
  const choices =
    staffId === null && country !== undefined
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
  const monthHref = (wanted: string, date?: string) =>
    `${base}?${new URLSearchParams({ ...(staffId ? { staff: staffId } : {}), month: wanted, ...(date ? { date } : {}) })}`;
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <PageHeader
        className="mb-0"
        title="Hours"
        description={`When callers can be booked. The agent says these hours and offers nothing outside of them. Times in ${zone}.`}
      />
      {people.length > 0 && (
        <LinkTabs
          label="Whose hours"
          tabs={[
            { href: base, label: "The business" },
            ...people
              .filter((each) => each.active || each.id === staffId)
              .map((each) => ({ href: `${base}?staff=${each.id}`, label: each.name })),
          ]}
          current={staffId ? `${base}?staff=${staffId}` : base}
        />
      )}
      {!mayChange && <Banner className="rounded-lg">You can look at this. An admin or the owner can change it.</Banner>}
      <WeekForm
        key={staffId}
        action={saveHours.bind(null, slug, staffId)}
        title={person ? `${person.name}'s week` : "Opening hours"}
        description={
          business.weekly.every((spans) => spans.length === 0)
            ? "No opening hours yet: nothing can be booked."
            : "Several spans a day leave a break between them."
        }
        weekly={person?.weekly ?? business.weekly}
        follows={person ? { isFollowing: person.weekly === null, name: person.name } : null}
        readOnly={!mayChange}
      />
      <Card>
        <CardHeader
          title="Dates that differ"
          description={
            person ? `Holidays and other hours of ${person.name}.` : "Closed days and other hours, for everyone."
          }
        />
        <MonthView
          month={month}
          weeks={monthOf(month, {
            today: business.today,
            weekly: person?.weekly ?? business.weekly,
            dates,
            holidays: (kept?.coming ?? []).filter((holiday) => holiday.closes),
            staffId,
          })}
          today={business.today}
          chosen={chosenDate}
          href={monthHref}
        />
        <DateList dates={dates} staffId={staffId} remove={mayChange ? removeDate.bind(null, slug) : undefined} />
        {mayChange && (
          <DateForm
            key={`${staffId}-${dates.length}-${chosenDate}`}
            action={addDate.bind(null, slug, staffId)}
            today={business.today}
            chosen={
              chosenDate === undefined
                ? undefined
                : {
                    onDate: chosenDate,
                    override: dates.find((date) => date.onDate === chosenDate && date.staffId === staffId),
                  }
            }
          />
        )}
      </Card>
      {staffId === null && (
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
            <CardBody className="flex flex-wrap items-center justify-between gap-3 border-t">
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

/** A date from today on. */
function readDate(text: string | undefined, today: string): string | undefined {
  const day = text === undefined ? undefined : parseIsoDay(text);
  return day === undefined || isoOf(day) < today ? undefined : isoOf(day);
}

const keptRegion = (kept: { country: string; region: string | null } | undefined, country: string) =>
  kept?.country === country ? (kept.region ?? undefined) : undefined;
