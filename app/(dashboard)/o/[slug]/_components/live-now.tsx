import Link from "next/link";
import { LiveDuration } from "@/components/calls/live-duration";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Status } from "@/components/ui/status";
import type { CallSummary } from "@/lib/calls";
import { callerOf } from "./call-line";
import { callState } from "./call-words";

type Props = { slug: string; country: string; now: number; calls: readonly CallSummary[] };

/** Calls going on at this moment; choosing one shows it as it is said. */
export function LiveNow({ slug, country, now, calls }: Props) {
  return (
    <Card>
      <CardHeader title="Live now" level={2} />
      {calls.length === 0 ? (
        <CardBody className="text-muted">Nobody is on the line.</CardBody>
      ) : (
        <ul data-list className="divide-y">
          {calls.map((call) => {
            const startedAt = (call.answeredAt ?? call.startedAt).toISOString();
            return (
              <li key={call.id} data-list-item className="relative flex items-center gap-3 px-4 py-3 hover:bg-hover">
                <Status kind="live">{callState(call).word}</Status>
                <Link
                  href={`/o/${slug}/calls/${call.id}`}
                  className="min-w-0 flex-1 truncate font-medium after:absolute after:inset-0"
                >
                  {callerOf(call, country).caller}
                </Link>
                <span className="tabular text-muted">
                  <LiveDuration
                    startedAt={startedAt}
                    initialSeconds={Math.max(0, (now - Date.parse(startedAt)) / 1000)}
                  />
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
