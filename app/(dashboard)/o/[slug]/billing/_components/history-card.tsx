import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { AuditEntry } from "@/lib/events";
import { historyInWords, whoInWords } from "../history-words";

/** Who changed what of the subscription, the latest first. */
export function HistoryCard({ entries, zone }: { entries: readonly AuditEntry[]; zone: string }) {
  if (entries.length === 0) return null;
  return (
    <Card>
      <CardHeader title="History" />
      <CardBody>
        <ul className="divide-y">
          {entries.map((entry) => {
            const { title, detail } = historyInWords(entry, zone);
            return (
              <li key={entry.id} className="flex flex-wrap justify-between gap-x-4 py-2 first:pt-0 last:pb-0">
                <span className="min-w-0">
                  <span className="font-medium">{title}</span>
                  {detail && <span className="block break-words text-muted">{detail}</span>}
                </span>
                <span className="min-w-0 text-xs break-words text-muted max-sm:w-full">
                  {whoInWords(entry)} · <Time instant={entry.createdAt} zone={zone} format="short" />
                </span>
              </li>
            );
          })}
        </ul>
      </CardBody>
    </Card>
  );
}
