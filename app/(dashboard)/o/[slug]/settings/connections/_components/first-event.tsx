import { LiveRefresh } from "@/components/live/live-refresh";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";

type Props = { slug: string; zone: string; firstEventAt: Date | null; lastEventAt: Date | null; isOff: boolean };

/** Waits for the first message and says when it came, without a reload. */
export function FirstEvent({ slug, zone, firstEventAt, lastEventAt, isOff }: Props) {
  if (isOff) return <Status kind="neutral">Switched off: its webhooks are refused</Status>;
  if (!firstEventAt)
    return (
      <>
        <LiveRefresh url={`/o/${slug}/live`} kinds={["connection.received_first_event"]} />
        <Status kind="progress">Waiting for the first event…</Status>
      </>
    );
  return (
    <p className="flex flex-wrap items-center gap-2">
      <Status kind="done">
        Received <Time instant={firstEventAt} zone={zone} format="seconds" />
      </Status>
      {lastEventAt && (
        <span className="text-xs text-muted">
          last <Time instant={lastEventAt} zone={zone} relative />
        </span>
      )}
    </p>
  );
}
