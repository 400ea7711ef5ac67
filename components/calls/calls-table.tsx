import Link from "next/link";
import { Absent, Duration } from "../ui/duration";
import { Money } from "../ui/money";
import { Status, StatusIcon } from "../ui/status";
import { Table, TBody, Td, THead, Th, Tr } from "../ui/table";
import { Time } from "../ui/time";
import { LiveDuration } from "./live-duration";
import type { CallLine } from "./types";

/** Calls as a table one can work in: j / k move, enter opens. Server component. */
export function CallsTable({
  label,
  calls,
  zone,
  now,
}: {
  label: string;
  calls: readonly CallLine[];
  zone: string;
  now: number;
}) {
  return (
    <div className="rounded-lg border bg-surface">
      <Table label={label}>
        <THead>
          <tr>
            <Th className="max-sm:hidden">
              <span className="sr-only">State</span>
            </Th>
            <Th className="max-sm:pl-4">When</Th>
            <Th>Caller</Th>
            <Th className="max-lg:hidden">Agent</Th>
            <Th className="max-sm:hidden">Outcome</Th>
            <Th numeric className="max-sm:hidden">
              Length
            </Th>
            <Th numeric className="max-lg:hidden">
              Cost
            </Th>
          </tr>
        </THead>
        <TBody data-list>
          {calls.map((call) => (
            <CallRow key={call.id} call={call} zone={zone} now={now} />
          ))}
        </TBody>
      </Table>
    </div>
  );
}

export function CallRow({ call, zone, now }: { call: CallLine; zone: string; now: number }) {
  return (
    <Tr data-list-item className="relative">
      <Td className="w-8 max-sm:hidden">
        <StatusIcon kind={call.status} label={call.statusLabel} />
      </Td>
      <Td className="max-sm:pl-4">
        <Time instant={call.startedAt} zone={zone} relative />
      </Td>
      <Td className="max-w-56">
        {/* The link covers its row, so that a click anywhere opens the call. */}
        <Link href={call.href} className="block truncate font-medium after:absolute after:inset-0">
          {call.caller}
        </Link>
        {call.callerDetail && <span className="tabular block truncate text-xs text-muted">{call.callerDetail}</span>}
        {call.hit && (
          <span className="mt-1 line-clamp-2 block text-xs text-muted">
            {call.hit.before}
            <mark className="rounded-sm bg-attention-soft text-ink">{call.hit.match}</mark>
            {call.hit.after}
          </span>
        )}
        <span className="mt-1 flex items-center gap-2 text-xs text-muted sm:hidden">
          <Outcome call={call} />
          <Length call={call} now={now} />
        </span>
      </Td>
      <Td className="max-w-40 truncate text-muted max-lg:hidden">{call.agent ?? <Absent />}</Td>
      <Td className="max-w-52 max-sm:hidden">
        <Outcome call={call} />
      </Td>
      <Td numeric className="max-sm:hidden">
        <Length call={call} now={now} />
      </Td>
      <Td numeric className="text-muted max-lg:hidden">
        {call.cost ? <Money {...call.cost} /> : <Absent />}
      </Td>
    </Tr>
  );
}

function Outcome({ call }: { call: CallLine }) {
  if (call.isLive) return <Status kind="live">Live</Status>;
  if (!call.outcome) {
    return (
      <Status kind={call.status} plain>
        {call.statusLabel}
      </Status>
    );
  }
  return (
    <Status kind={call.outcomeStatus ?? "neutral"} plain={!call.outcomeStatus}>
      {call.outcome}
    </Status>
  );
}

function Length({ call, now }: { call: CallLine; now: number }) {
  if (!call.isLive) return <Duration seconds={call.durationSeconds} />;
  return (
    <LiveDuration startedAt={call.startedAt} initialSeconds={Math.max(0, (now - Date.parse(call.startedAt)) / 1000)} />
  );
}
