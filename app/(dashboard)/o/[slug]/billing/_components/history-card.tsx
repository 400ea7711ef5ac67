import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { AuditEntry } from "@/lib/events";
import { actionInWords, actorInWords, changesInWords } from "../../settings/audit/words";

/** Who changed what of the subscription, the latest first. */
export function HistoryCard({ entries, zone }: { entries: readonly AuditEntry[]; zone: string }) {
  if (entries.length === 0) return null;
  return (
    <Card>
      <CardHeader title="History" />
      <CardBody>
        <ul className="divide-y">
          {entries.map((entry) => (
            <li key={entry.id} className="flex flex-wrap justify-between gap-x-4 py-2 first:pt-0 last:pb-0">
              <span className="min-w-0">
                <span className="font-medium">{actionInWords(entry.action)}</span>
                <span className="block break-words text-muted">{changesInWords(entry.changes, zone)}</span>
              </span>
              <span className="text-xs text-muted">
                {actorInWords(entry.actorKind, entry.actorLabel)} ·{" "}
                <Time instant={entry.createdAt} zone={zone} format="short" />
              </span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
