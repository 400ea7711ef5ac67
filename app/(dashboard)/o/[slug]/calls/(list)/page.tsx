import { Download } from "lucide-react";
import type { Metadata } from "next";
import { CallsTable } from "@/components/calls/calls-table";
import { LiveRefresh } from "@/components/live/live-refresh";
import { ButtonLink, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SearchForm } from "@/components/ui/search-form";
import { listAgents } from "@/lib/agents";
import { businessDay, countCalls, listCalls, listCallViews, listLiveCalls, searchCalls } from "@/lib/calls";
import { may } from "@/lib/organizations";
import { app } from "@/lib/wiring/app";
import { memberContext } from "@/lib/wiring/member-context";
import { callLine } from "../../_components/call-line";
import { TestCallButton } from "../../_components/test-call-button";
import { callOurAgent } from "../../actions";
import { CallFilters } from "../_components/call-filters";
import { CallViews } from "../_components/call-views";
import { SaveView } from "../_components/save-view";
import { saveView } from "../actions";
import { callsHref, filterOf, readCallsAddress, type SearchParams, viewHref } from "../calls-query";

export const metadata: Metadata = { title: "Calls" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export default async function CallsPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const address = readCallsAddress(await searchParams);
  const { ctx, org } = await memberContext(slug);
  const base = `/o/${slug}/calls`;
  const now = ctx.clock.now();
  const filter = filterOf(address, businessDay(now, org.timeZone), org.timeZone);
  const { q, cursor, dir, ...filters } = address;
  const isFiltered = q !== undefined || Object.keys(filters).length > 0;
  // What is going on stands above the first page; everything else follows below, ended.
  const showsLive = !isFiltered && !cursor;
  const ended = { ...filter, state: "ended" as const };
  const [page, live, count, agents, views, { env }] = await Promise.all([
    q
      ? searchCalls(ctx, { ...filter, q, ...(cursor ? { cursor } : {}) })
      : listCalls(ctx, { ...ended, ...(cursor ? { cursor } : {}), direction: dir ?? "older" }),
    showsLive ? listLiveCalls(ctx) : [],
    q ? undefined : countCalls(ctx, ended),
    listAgents(ctx),
    listCallViews(ctx),
    app(),
  ]);
  const place = { slug, timeZone: org.timeZone, country: org.country };
  const lines = [...live, ...page.items].map((call) => callLine(call, place));
  const older = page.olderCursor;
  const newer = page.newerCursor;
  const here = callsHref(base, address, {});
  const mayShare = may(ctx.actor, "calls.write");
  const exportQuery = callsHref(`${base}/export.csv`, filters, {});
  return (
    <>
      <LiveRefresh
        url={`/o/${slug}/live`}
        kinds={["call.started", "call.updated", "call.ended", "call.reported", "call.corrected", "call.erased"]}
      />
      <PageHeader
        title="Calls"
        description={`Times in ${org.timeZone}.`}
        actions={
          lines.length > 0 && !q ? (
            <a href={exportQuery} download className={buttonClass({})}>
              <Download aria-hidden />
              Export CSV
            </a>
          ) : undefined
        }
      />
      <CallViews base={base} here={here} views={views} mayShare={mayShare} />
      <div className="mb-4 flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <SearchForm
            action={base}
            label="Search calls"
            placeholder="A word that was said, or the end of a number"
            defaultValue={q}
            keep={filters}
            className="max-w-md grow"
          />
          <SaveView
            key={here}
            action={saveView.bind(null, slug)}
            filter={{ ...filters, ...(q ? { q } : {}) }}
            mayShare={mayShare}
            isOffered={isFiltered && views.every((view) => viewHref(base, view) !== here)}
          />
        </div>
        <CallFilters base={base} address={address} agents={agents} />
      </div>
      {lines.length > 0 ? (
        <>
          <CallsTable label="Calls" calls={lines} zone={org.timeZone} now={now.getTime()} />
          <Pagination
            {...(newer ? { newerHref: callsHref(base, address, { cursor: newer, dir: "newer" }) } : {})}
            {...(!newer && cursor ? { newerHref: callsHref(base, address, {}), newerLabel: "Newest" } : {})}
            {...(older ? { olderHref: callsHref(base, address, { cursor: older, dir: undefined }) } : {})}
            {...(count ? { summary: countText(count) } : {})}
          />
        </>
      ) : isFiltered || cursor ? (
        <EmptyState
          title={q ? `Nothing found for “${q}”` : "No call fits these filters"}
          action={<ButtonLink href={base}>Show all calls</ButtonLink>}
        >
          {q
            ? "Search looks for whole words that were said, or the last digits of a number."
            : "Take one away to see more."}
          {older && (
            <ButtonLink href={callsHref(base, address, { cursor: older })} className="mt-3">
              Search older calls
            </ButtonLink>
          )}
        </EmptyState>
      ) : (
        <EmptyState
          title="No calls yet"
          action={
            mayShare && env.vapi.emulatorUrl !== undefined ? (
              <TestCallButton place={callOurAgent.bind(null, slug)} />
            ) : (
              <ButtonLink href={`/o/${slug}/settings/connections`}>Connect a number</ButtonLink>
            )
          }
        >
          Call your agent from the browser, or connect a number.
        </EmptyState>
      )}
    </>
  );
}

function countText({ count, isCapped }: { count: number; isCapped: boolean }): string {
  const figure = new Intl.NumberFormat("en-GB").format(count);
  return isCapped ? `More than ${figure} calls` : `${figure} ${count === 1 ? "call" : "calls"}`;
}
