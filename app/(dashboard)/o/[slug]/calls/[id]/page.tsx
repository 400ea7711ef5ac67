import type { Metadata } from "next";
import { CallPlayback } from "@/components/calls/playback-context";
import { Transcript } from "@/components/calls/transcript";
import { Card, CardBody } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { formatTime } from "@/components/ui/time-format";
import { costByPart, readCallProfit } from "@/lib/billing";
import { getCall, listCallEvents, listCalls, signRecording } from "@/lib/calls";
import { may } from "@/lib/organizations";
import { memberContext } from "@/lib/wiring/member-context";
import { callerOf } from "../../_components/call-line";
import { isLive, toolTitle } from "../../_components/call-words";
import { LiveSubject } from "../../_components/live-subject";
import { orNotFound } from "../../_components/or-not-found";
import { CallerCard } from "./_components/caller-card";
import { CostCard } from "./_components/cost-card";
import { DoneCard } from "./_components/done-card";
import { FactsCard } from "./_components/facts-card";
import { OutcomeCard } from "./_components/outcome-card";
import { PartsPages, PartsSearch } from "./_components/parts-nav";
import { RawEvents } from "./_components/raw-events";
import { Recording } from "./_components/recording";
import { askedPart, transcriptParts } from "./transcript-parts";

export const metadata: Metadata = { title: "Call" };

/** How many of the contact's other calls stand beside this one. */
const historyLength = 6;

type Props = {
  params: Promise<{ slug: string; id: string }>;
  searchParams: Promise<{ part?: string | string[]; q?: string | string[] }>;
};

export default async function CallPage({ params, searchParams }: Props) {
  const { slug, id } = await params;
  const query = await searchParams;
  const { ctx, org } = await memberContext(slug);
  const call = await orNotFound(getCall(ctx, id));
  const [events, history, profit] = await Promise.all([
    listCallEvents(ctx, id),
    call.contact ? listCalls(ctx, { contactId: call.contact.id, limit: historyLength }) : undefined,
    may(ctx.actor, "billing.read") ? readCallProfit(ctx, id) : undefined,
  ]);
  const place = { slug, zone: org.timeZone, country: org.country };
  const mayWrite = may(ctx.actor, "calls.write");
  const { caller } = callerOf(call, org.country);
  const onTheLine = isLive(call);
  const signed = signRecording(ctx, id);
  const src = `/o/${slug}/calls/${id}/recording?${new URLSearchParams(signed)}`;
  const toolCalls = call.toolCalls.map((tool) => ({ ...tool, title: toolTitle(tool.name) }));
  const parts = transcriptParts(call.turns, toolCalls);
  const part = askedPart([query.part].flat()[0], parts.length, onTheLine);
  const shown = parts[part - 1];
  const isLast = part === parts.length;
  const inParts = parts.length > 1 && { href: `/o/${slug}/calls/${id}`, parts, part };
  return (
    <>
      <LiveSubject url={`/o/${slug}/live`} subjectId={id} />
      <PageHeader
        back={{ href: `/o/${slug}/calls`, label: "Calls" }}
        title={caller}
        description={`${formatTime(call.startedAt, org.timeZone, "short")}, ${org.timeZone}`}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <CallPlayback>
          <div className="flex min-w-0 flex-col gap-4">
            <Recording slug={slug} call={call} turns={call.turns} src={src} mayWrite={mayWrite} />
            <Card>
              <CardBody>
                {inParts && <PartsSearch {...inParts} q={[query.q].flat()[0]?.trim().slice(0, 100)} />}
                {shown && (call.turns.length + toolCalls.length > 0 || onTheLine) ? (
                  <Transcript
                    turns={shown.turns}
                    toolCalls={shown.toolCalls}
                    agentName={call.agent?.name || "Agent"}
                    callerName={call.contact?.name || "Caller"}
                    isLive={onTheLine && isLast}
                    untilMs={parts[part]?.fromMs}
                  />
                ) : (
                  <p className="text-muted">
                    {call.erasedAt ? "What was said has been erased." : "Nothing was said in this call."}
                  </p>
                )}
                {inParts && <PartsPages {...inParts} />}
              </CardBody>
            </Card>
          </div>
        </CallPlayback>
        <aside className="flex min-w-0 flex-col gap-4" aria-label="About this call">
          <OutcomeCard slug={slug} call={call} mayWrite={mayWrite} />
          <DoneCard slug={slug} zone={org.timeZone} currency={org.currency} mayWrite={mayWrite} call={call} />
          <CallerCard {...place} call={call} earlier={history?.items.filter((other) => other.id !== id) ?? []} />
          <FactsCard zone={org.timeZone} country={org.country} call={call} />
          <CostCard cost={costByPart(call.costMicros, call.costBreakdown)} profit={profit} />
          <RawEvents zone={org.timeZone} events={events} />
        </aside>
      </div>
    </>
  );
}
