import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { formatTime } from "@/components/ui/time-format";
import { explainAvailability, isoOf, listServices, listStaff, localDayOf, parseIsoDay, zoneOf } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { QuestionForm } from "./_components/question-form";
import { RunRow } from "./_components/run-row";
import { groupTimes } from "./group-times";

export const metadata: Metadata = { title: "Test availability" };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Why a caller is offered a time, or is not: the same rules as in a call, asked for every time of one day. */
export default async function AvailabilityPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const asked = await searchParams;
  const { ctx, org } = await memberContext(slug);
  const [services, people] = await Promise.all([listServices(ctx), listStaff(ctx)]);
  const service = services.find((each) => each.id === asked.service) ?? services[0];
  const person = people.find((each) => each.id === asked.staff);
  const date = readDay(asked.date) ?? isoOf(localDayOf(zoneOf(org.timeZone), ctx.clock.now().getTime()));
  const day = sayDay(date);
  const explained =
    service && (await explainAvailability(ctx, { serviceId: service.id, staffId: person?.id, onDate: date }));
  const runs = groupTimes(explained?.times ?? []);
  const offered = explained?.times.filter((time) => time.isOffered).length ?? 0;
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      <PageHeader
        className="mb-0"
        title="Test availability"
        description={`Every time of a day, whether a caller is offered it, and the rule that decided. Times in ${org.timeZone}.`}
      />
      {service ? (
        <>
          <Card>
            <CardBody>
              <QuestionForm
                action={`/o/${slug}/settings/availability`}
                services={services.map(({ id, name }) => ({ value: id, label: name }))}
                staff={people.map(({ id, name }) => ({ value: id, label: name }))}
                chosen={{ service: service.id, staff: person?.id ?? "", date }}
              />
            </CardBody>
          </Card>
          <Card>
            <CardHeader
              title={`${service.name} with ${person?.name ?? "anyone"}, ${day}`}
              description={
                offered === 0
                  ? "Nothing is offered on this day."
                  : `${offered} ${offered === 1 ? "time is" : "times are"} offered.`
              }
            />
            <ol className="divide-y border-t">
              {runs.map((run) => (
                <RunRow
                  key={run.key}
                  run={run}
                  slug={slug}
                  asked={{ serviceId: service.id, staffId: person?.id, date }}
                  zone={explained?.timeZone ?? org.timeZone}
                />
              ))}
            </ol>
          </Card>
        </>
      ) : (
        <EmptyState
          title="Nothing can be booked yet"
          action={<ButtonLink href={`/o/${slug}/settings/services/new`}>Add a service</ButtonLink>}
        >
          Once there is a service, this shows every time of a day and why it is offered or not.
        </EmptyState>
      )}
    </div>
  );
}

/** Dates whose neighbours have four-digit years as well; anything else is today. */
function readDay(asked: string | string[] | undefined): string | undefined {
  const text = Array.isArray(asked) ? asked[0] : asked;
  const day = text && text >= "1970" && text < "9999" ? parseIsoDay(text) : undefined;
  return day === undefined ? undefined : isoOf(day);
}

/** A date has no zone: read as UTC, written as UTC. */
const sayDay = (iso: string) => `${formatTime(`${iso}T00:00:00Z`, "UTC", "day")} ${iso.slice(0, 4)}`;
