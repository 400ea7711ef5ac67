import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Banner } from "@/components/ui/banner";
import { Card, CardHeader } from "@/components/ui/card";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/organizations";
import { getOpeningHours, listStaff } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { DateForm } from "./_components/date-form";
import { DateList } from "./_components/date-list";
import { WeekForm } from "./_components/week-form";
import { addDate, removeDate, saveHours } from "./actions";

export const metadata: Metadata = { title: "Hours" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ staff?: string | string[] }> };

export default async function HoursPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const { staff: asked } = await searchParams;
  const { ctx } = await memberContext(slug);
  const [business, people] = await Promise.all([getOpeningHours(ctx), listStaff(ctx, { includeArchived: true })]);
  const person = asked ? people.find((each) => each.id === asked) : undefined;
  if (asked && !person) notFound();
  const staffId = person?.id ?? null;
  const base = `/o/${slug}/settings/hours`;
  const mayChange = may(ctx.actor, "scheduling.configure");
  const dates = business.overrides.filter((date) => date.staffId === null || date.staffId === staffId);
  const zone = person?.timeZone ?? business.timeZone;
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
        <DateList dates={dates} staffId={staffId} remove={mayChange ? removeDate.bind(null, slug) : undefined} />
        {mayChange && (
          <DateForm
            key={`${staffId}-${dates.length}`}
            action={addDate.bind(null, slug, staffId)}
            today={business.today}
          />
        )}
      </Card>
    </div>
  );
}
