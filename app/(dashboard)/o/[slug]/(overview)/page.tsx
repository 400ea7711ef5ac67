import type { Metadata } from "next";
import { LiveRefresh } from "@/components/live/live-refresh";
import { CallsByHour } from "@/components/overview/calls-by-hour";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Money } from "@/components/ui/money";
import { PageHeader } from "@/components/ui/page-header";
import { Stat, StatRow } from "@/components/ui/stat";
import { formatTime } from "@/components/ui/time-format";
import { listCalendarAlerts } from "@/lib/calendars";
import { getOverview, listCalls, listFollowUps, listLiveCalls } from "@/lib/calls";
import { may } from "@/lib/organizations";
import { listBookings } from "@/lib/scheduling";
import { app } from "@/lib/wiring/app";
import { memberContext } from "@/lib/wiring/member-context";
import { LiveNow } from "../_components/live-now";
import { NeedsYou } from "../_components/needs-you";
import { NextBookings } from "../_components/next-bookings";
import { TestCallButton } from "../_components/test-call-button";
import { callOurAgent } from "../actions";

export const metadata: Metadata = { title: "Overview" };

const kinds = ["call.", "follow_up.", "booking.", "calendar."];

/** What happened today, what waits for a person, and what comes next. */
export default async function OverviewPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const { timeZone, country, currency } = org;
  const now = ctx.clock.now();
  const [{ env }, overview, followUps, review, live, next, calendarAlerts] = await Promise.all([
    app(),
    getOverview(ctx, { timeZone }),
    listFollowUps(ctx, { limit: 20 }),
    listCalls(ctx, { needsReview: true, limit: 5 }),
    listLiveCalls(ctx),
    listBookings(ctx, { from: now, statuses: ["confirmed"], limit: 6 }),
    listCalendarAlerts(ctx),
  ]);
  const needsYou = overview.needsYou + calendarAlerts.length;
  const mayWrite = may(ctx.actor, "calls.write");
  const waiting = (
    <NeedsYou
      slug={slug}
      zone={timeZone}
      country={country}
      mayWrite={mayWrite}
      followUps={followUps}
      toReview={review.items}
      calendarAlerts={calendarAlerts}
    />
  );
  const testCall =
    mayWrite && env.vapi.emulatorUrl !== undefined ? <TestCallButton place={callOurAgent.bind(null, slug)} /> : null;
  return (
    <>
      <LiveRefresh url={`/o/${slug}/live`} kinds={kinds} />
      <PageHeader
        title="Overview"
        description={`Today, ${formatTime(now, timeZone, "day")}. Times in ${timeZone}.`}
        actions={overview.hasAnyCall && testCall}
      />
      {overview.hasAnyCall || live.length > 0 ? (
        <div className="flex flex-col gap-4">
          <StatRow>
            <Stat
              value={overview.calls}
              label={overview.calls === 1 ? "call" : "calls"}
              href={`/o/${slug}/calls?day=today`}
            />
            <Stat value={overview.booked} label="booked" href={`/o/${slug}/calls?day=today&outcome=booked`} />
            <Stat value={overview.minutes} label={overview.minutes === 1 ? "minute" : "minutes"} />
            <Stat value={needsYou} label={needsYou === 1 ? "needs you" : "need you"} />
            <Stat
              value={<Money minor={overview.bookedValueCents} currency={currency} digits={0} />}
              label="booked value"
            />
            {overview.answeredFast !== undefined && (
              <Stat value={`${Math.round(overview.answeredFast * 100)} %`} label="answered within 3 s" />
            )}
          </StatRow>
          <Card>
            <CardBody>
              <CallsByHour data={overview.hours} label="Calls by hour" />
            </CardBody>
          </Card>
          <div className="grid items-start gap-4 lg:grid-cols-2">
            {waiting}
            <div className="flex flex-col gap-4">
              <LiveNow slug={slug} country={country} now={now.getTime()} calls={live} />
              <NextBookings slug={slug} zone={timeZone} bookings={next.items} />
            </div>
          </div>
        </div>
      ) : (
        <div className="flex flex-col gap-4">
          <EmptyState
            title="No calls yet"
            action={
              testCall ?? (
                <ButtonLink href={`/o/${slug}/settings/connections`} variant="primary">
                  Connect a number
                </ButtonLink>
              )
            }
          >
            Call your agent from the browser, or connect a number.
          </EmptyState>
          {calendarAlerts.length > 0 && waiting}
          <NextBookings slug={slug} zone={timeZone} bookings={next.items} />
        </div>
      )}
    </>
  );
}
