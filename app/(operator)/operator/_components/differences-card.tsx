import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Pagination } from "@/components/ui/pagination";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { Differences } from "@/lib/operator";
import { applyItem, dismiss } from "../actions";
import { factsInWords } from "./facts-in-words";
import { SettleButtons } from "./settle-buttons";

const kinds: Record<string, string> = {
  meter_unknown_customer: "Minutes of a customer nobody knows",
  meter_too_late: "Minutes that came too late",
  meter_refused: "Minutes that were refused",
  lost_meter_event: "Minutes that were lost",
  billed_twice: "Billed twice",
  overbilled: "Billed too much",
  underbilled: "Billed too little",
  refunded_twice: "Refunded twice",
  stuck_call: "A call that got stuck",
  cost_differs: "The provider’s cost differs",
  length_differs: "The provider’s length of a call differs",
  unknown_payment: "A payment nobody knows",
  invoice_differs: "An invoice that does not add up",
  two_subscriptions: "Two subscriptions at once",
};

/** What nothing can put right by itself. */
const byHand = new Set([
  "refunded_twice",
  "stuck_call",
  "length_differs",
  "unknown_payment",
  "invoice_differs",
  "two_subscriptions",
]);

/** What does not agree between our books, those of who collects and the provider's, with what would put it right. */
export function DifferencesCard({ items, total, olderCursor, isFirst }: Differences & { isFirst: boolean }) {
  return (
    <Card className="print:hidden">
      <CardHeader
        title="Differences"
        description="Between our meter, the engine that collects and the provider’s own costs."
      />
      {items.length === 0 ? (
        <CardBody>
          <Status kind="done" plain>
            Nothing is open.
          </Status>
        </CardBody>
      ) : (
        <ul className="divide-y border-t">
          {items.map((item) => (
            <li key={item.id} className="flex flex-col gap-1 px-4 py-3">
              <span className="flex flex-wrap justify-between gap-x-4">
                <span className="font-medium">
                  {kinds[item.kind] ?? item.kind} · {item.organization}
                </span>
                <Time instant={item.foundAt} zone="UTC" format="short" className="text-xs text-muted" />
              </span>
              <span className="text-xs break-all text-muted">
                {item.subject}
                {factsInWords(item.kind, item.facts)}
              </span>
              <span>{item.proposal}</span>
              <SettleButtons
                fields={{ org: item.orgId, item: item.id }}
                about={`${kinds[item.kind] ?? item.kind} · ${item.organization}`}
                proposal={item.proposal}
                apply={byHand.has(item.kind) ? undefined : applyItem}
                dismiss={dismiss}
              />
            </li>
          ))}
        </ul>
      )}
      {(!isFirst || olderCursor) && (
        <Pagination
          className="border-t px-4 py-3"
          summary={`${items.length} of ${total}`}
          {...(isFirst ? {} : { newerHref: "/operator", newerLabel: "Latest" })}
          {...(olderCursor ? { olderHref: `/operator?cursor=${olderCursor}` } : {})}
        />
      )}
    </Card>
  );
}
