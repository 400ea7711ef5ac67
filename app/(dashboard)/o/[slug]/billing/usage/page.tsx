import type { Metadata } from "next";
import { LiveRefresh } from "@/components/live/live-refresh";
import { Button, ButtonLink } from "@/components/ui/button";
import { ChipLink } from "@/components/ui/chip-link";
import { EmptyState } from "@/components/ui/empty-state";
import { TextField } from "@/components/ui/form-fields";
import { Pagination } from "@/components/ui/pagination";
import { formatTime } from "@/components/ui/time-format";
import { listAgents } from "@/lib/agents";
import { findSubscription, listUsageLines, periodOf } from "@/lib/billing";
import { businessDate } from "@/lib/calls";
import { memberContext } from "@/lib/wiring/member-context";
import { BillingPage } from "../_components/billing-page";
import { UsageTable } from "../_components/usage-table";
import { readUsageAddress, type SearchParams, usageHref } from "./usage-query";

export const metadata: Metadata = { title: "Usage" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

/** Every call that was counted: for how much, or why for nothing. */
export default async function UsagePage({ params, searchParams }: Props) {
  const { slug } = await params;
  const member = await memberContext(slug);
  const address = readUsageAddress(await searchParams);
  const base = `/o/${slug}/billing/usage`;
  return (
    <BillingPage member={member} current="/usage">
      {async () => {
        const { ctx, org } = member;
        const { timeZone } = org;
        const [subscription, agents] = await Promise.all([findSubscription(ctx), listAgents(ctx)]);
        if (!subscription) return undefined;
        const span = address.span ?? periodOf(subscription, ctx.clock.now());
        const day = address.day ? businessDate(address.day, timeZone) : undefined;
        const usage = await listUsageLines(ctx, span, {
          cursor: address.cursor,
          agentId: address.agent,
          within: day && { from: day.start, to: day.end },
        });
        const date = (at: Date) => formatTime(at, timeZone, "date");
        const isFiltered = address.day !== undefined || address.agent !== undefined;
        return (
          <>
            <LiveRefresh url={`/o/${slug}/live`} kinds={["usage.counted"]} />
            <div className="mb-4 flex flex-wrap items-end gap-x-4 gap-y-3">
              <form action={base} className="flex items-end gap-2">
                {address.span && (
                  <>
                    <input type="hidden" name="from" value={address.span.from.toISOString()} />
                    <input type="hidden" name="to" value={address.span.to.toISOString()} />
                  </>
                )}
                {address.agent && <input type="hidden" name="agent" value={address.agent} />}
                <TextField label="Day" name="day" type="date" defaultValue={address.day} className="w-40" />
                <Button type="submit">Show</Button>
              </form>
              <nav aria-label="Filters" className="flex flex-wrap gap-1.5 pb-1">
                {address.day && (
                  <ChipLink href={usageHref(base, address, { day: undefined })} active>
                    {address.day}
                  </ChipLink>
                )}
                {address.span && (
                  <ChipLink href={usageHref(base, address, { span: undefined })} active>
                    Of one invoice
                  </ChipLink>
                )}
                {agents.length > 1 &&
                  agents.map(({ id, name }) => (
                    <ChipLink
                      key={id}
                      href={usageHref(base, address, { agent: address.agent === id ? undefined : id })}
                      active={address.agent === id}
                    >
                      {name}
                    </ChipLink>
                  ))}
              </nav>
            </div>
            <p className="mb-3 flex flex-wrap justify-between gap-x-4 text-xs text-muted">
              <span>
                Calls that ended from {date(span.from)} to {date(span.to)}, times in {timeZone}.
              </span>
              {usage.lines.length > 0 && (
                <a
                  href={`/o/${slug}/billing/export.csv?of=usage`}
                  download
                  className="underline underline-offset-2 hover:no-underline"
                >
                  Every call as CSV
                </a>
              )}
            </p>
            {usage.lines.length > 0 ? (
              <UsageTable usage={usage} slug={slug} place={org} />
            ) : (
              <EmptyState
                title={isFiltered ? "No call fits these filters" : "No calls were counted yet"}
                action={isFiltered ? <ButtonLink href={base}>Show all calls</ButtonLink> : undefined}
              >
                {isFiltered ? "Take one away to see more." : "Each call appears here when it has ended."}
              </EmptyState>
            )}
            <Pagination
              {...(address.cursor ? { newerHref: usageHref(base, address, {}), newerLabel: "Newest" } : {})}
              {...(usage.olderCursor ? { olderHref: usageHref(base, address, { cursor: usage.olderCursor }) } : {})}
            />
          </>
        );
      }}
    </BillingPage>
  );
}
