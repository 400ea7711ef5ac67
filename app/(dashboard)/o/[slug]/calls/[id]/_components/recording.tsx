import { CallPlayer } from "@/components/calls/call-player";
import type { Turn } from "@/components/calls/types";
import { Card, CardBody } from "@/components/ui/card";
import { Status } from "@/components/ui/status";
import type { CallDetails } from "@/lib/calls";
import { fetchRecordingAgain } from "../actions";
import { RetryButton } from "./retry-button";

type Props = {
  slug: string;
  call: Pick<CallDetails, "id" | "recording" | "status" | "durationSeconds" | "isReported" | "erasedAt">;
  turns: readonly Turn[];
  /** Signed address, for a stored recording. */
  src: string;
  mayWrite: boolean;
};

/** Two-channel recordings carry the agent on the left and the caller on the right. */
const channels = { agent: 0, caller: 1 } as const;

/** The player, or in one line why there is nothing to play. */
export function Recording({ slug, call, turns, src, mayWrite }: Props) {
  const { recording } = call;
  if (recording?.state === "stored") {
    const [caller, agent] = [recording.peaks?.[channels.caller], recording.peaks?.[channels.agent]];
    const unit = (peaks: readonly number[]) => peaks.map((peak) => peak / 100);
    return (
      <CallPlayer
        src={src}
        downloadHref={`${src}&download=1`}
        durationSeconds={recording.durationMs === null ? (call.durationSeconds ?? 0) : recording.durationMs / 1000}
        // They stand in for the loudness until it is known; what was said is in the transcript.
        turns={caller && agent ? [] : turns.map((turn) => ({ ...turn, text: "" }))}
        agentChannel={channels.agent}
        {...(caller && agent ? { peaks: { agent: unit(agent), caller: unit(caller) } } : {})}
      />
    );
  }
  if (call.status !== "ended") return null;
  return (
    <Card>
      <CardBody className="flex flex-wrap items-center gap-3 text-muted">
        {recording?.state === "failed" ? (
          <>
            <Status kind="failed">Recording could not be fetched</Status>
            <span className="min-w-0 flex-1 break-words">{recording.error}</span>
            {mayWrite && <RetryButton retry={fetchRecordingAgain.bind(null, slug, call.id)} />}
          </>
        ) : recording?.state === "pending" || (!recording && !call.isReported) ? (
          <Status kind="progress">The recording is being fetched</Status>
        ) : recording?.state === "deleted" || call.erasedAt ? (
          "The recording has been deleted."
        ) : (
          "This call has no recording."
        )}
      </CardBody>
    </Card>
  );
}
