import { Status } from "@/components/ui/status";
import { formatTime } from "@/components/ui/time-format";
import type { listCallEvents } from "@/lib/calls";

type Props = { zone: string; events: Awaited<ReturnType<typeof listCallEvents>> };

/** What the provider sent, as it came; for whoever wants to know exactly. */
export function RawEvents({ zone, events }: Props) {
  if (events.length === 0) return null;
  return (
    <details className="rounded-lg border bg-surface">
      <summary className="cursor-pointer px-4 py-3 font-medium">
        Events <span className="tabular text-muted">{events.length}</span>
      </summary>
      <ol className="max-h-80 overflow-y-auto border-t px-4 py-2 text-xs">
        {events.map((event) => (
          <li key={event.id} className="flex flex-wrap items-center gap-x-3 py-1">
            <span className="tabular text-muted">{formatTime(event.receivedAt, zone, "seconds")}</span>
            <span className="min-w-0 flex-1 break-words">{event.kind}</span>
            {event.error ? (
              <Status kind="failed" plain>
                Failed
              </Status>
            ) : (
              !event.processedAt && (
                <Status kind="progress" plain>
                  Waiting
                </Status>
              )
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
