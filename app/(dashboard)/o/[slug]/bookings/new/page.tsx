import { Scissors } from "lucide-react";
import type { Metadata } from "next";
import { NotAllowed } from "@/components/scheduling/not-allowed";
import { ButtonLink } from "@/components/ui/button";
import { formatMinuteOfDay } from "@/components/ui/duration-format";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/organizations";
import { listServices, listStaff } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { DayStrip } from "../_components/day-strip";
import { bookByHand } from "../actions";
import { bookingsHref, one, type SearchParams } from "../addresses";
import { fullDay } from "../calendar-data";
import { loadFreeTimes, toChoice } from "../free-times";
import { BookingForm } from "./_components/booking-form";
import { WhatForm } from "./_components/what-form";

export const metadata: Metadata = { title: "New booking" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export default async function NewBookingPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const query = await searchParams;
  const { ctx, org } = await memberContext(slug);
  const up = { href: bookingsHref(slug, { view: "week", date: one(query, "date") }), label: "Bookings" };
  if (!may(ctx.actor, "bookings.write"))
    return <NotAllowed title="New booking" back={up} who="Your role can look at bookings, not enter them" />;
  const [services, people] = await Promise.all([listServices(ctx), listStaff(ctx)]);
  const service = services.find((each) => each.id === one(query, "service")) ?? only(services);
  const doing = people.filter((person) => !service || person.serviceIds.includes(service.id));
  const person = doing.find((each) => each.id === one(query, "staff"));
  const options = doing.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className="max-w-3xl">
      <PageHeader title="New booking" description={`Times in ${org.timeZone}.`} back={up} />
      {services.length === 0 || people.length === 0 ? (
        <EmptyState
          title="There is nothing to book yet"
          icon={<Scissors />}
          action={
            may(ctx.actor, "scheduling.configure") && (
              <ButtonLink
                href={`/o/${slug}/settings/${services.length === 0 ? "services" : "staff"}`}
                variant="primary"
              >
                {services.length === 0 ? "Add a service" : "Add a person"}
              </ButtonLink>
            )
          }
        >
          A booking needs a service and somebody who does it.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-5">
          <WhatForm
            action={`/o/${slug}/bookings/new`}
            services={services.map(({ id, name, durationMinutes }) => ({
              value: id,
              label: `${name}, ${durationMinutes} min`,
            }))}
            staff={options}
            chosen={{ service: service?.id ?? "", staff: person?.id ?? "" }}
            keep={{ date: one(query, "date"), minute: one(query, "minute") }}
          />
          {service ? (
            <When
              slug={slug}
              ctx={ctx}
              timeZone={org.timeZone}
              service={service}
              person={person}
              {...{ options, query }}
              back={up.href}
            />
          ) : (
            <p className="text-muted">Choose a service to see when it can be booked.</p>
          )}
        </div>
      )}
    </div>
  );
}

type WhenProps = {
  slug: string;
  ctx: Parameters<typeof loadFreeTimes>[0];
  timeZone: string;
  service: { id: string };
  person: { id: string } | undefined;
  options: { value: string; label: string }[];
  query: SearchParams;
  back: string;
};

async function When({ slug, ctx, timeZone, service, person, options, query, back }: WhenProps) {
  const free = await loadFreeTimes(ctx, {
    serviceId: service.id,
    staffId: person?.id,
    date: one(query, "date"),
    timeZone,
  });
  const times = free.times.map(toChoice);
  const minute = Number(one(query, "minute") ?? Number.NaN);
  const pointedAt = minute >= 0 && minute < 1440 ? formatMinuteOfDay(minute) : undefined;
  const isFree = times.find((each) => each.time === pointedAt);
  const href = (date: string) =>
    `/o/${slug}/bookings/new?${new URLSearchParams({ service: service.id, staff: person?.id ?? "", date })}`;
  return (
    <BookingForm
      action={bookByHand.bind(null, slug)}
      serviceId={service.id}
      backHref={back}
      day={fullDay(free.date)}
      strip={<DayStrip free={free} href={href} />}
      times={times}
      isStaffShown={person === undefined && options.length > 1}
      chosen={pointedAt && (isFree?.slot ?? "other")}
      other={{
        date: one(query, "date") ?? free.date,
        time: pointedAt ?? "",
        staffId: person?.id ?? only(options)?.value ?? "",
        override: false,
      }}
      staff={options}
    />
  );
}

const only = <T,>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);
