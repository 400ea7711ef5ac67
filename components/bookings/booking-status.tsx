import { Status, type StatusKind } from "../ui/status";

const looks: Record<"held" | "confirmed" | "completed" | "no_show" | "cancelled", { kind: StatusKind; word: string }> =
  {
    held: { kind: "progress", word: "Held" },
    confirmed: { kind: "done", word: "Confirmed" },
    completed: { kind: "neutral", word: "Completed" },
    no_show: { kind: "attention", word: "Did not come" },
    cancelled: { kind: "failed", word: "Cancelled" },
  };

/** What has become of a booking, as icon and word. */
export function BookingStatus({ status, plain }: { status: keyof typeof looks; plain?: boolean }) {
  const { kind, word } = looks[status];
  return (
    <Status kind={kind} plain={plain}>
      {word}
    </Status>
  );
}
