import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatPhone } from "@/components/ui/phone";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { CalendarAlert } from "@/lib/calendars/schemas";
import type { CallSummary, FollowUp } from "@/lib/calls";
import { settleFollowUp } from "../actions";
import { CalendarAlerts } from "./calendar-alerts";
import { callerOf } from "./call-line";
import { FollowUpDone } from "./follow-up-done";

const kindWords: Record<FollowUp["kind"], string> = {
  message: "left a message",
  callback: "wants a call back",
  handover: "wanted a person",
};

type Props = {
  slug: string;
  zone: string;
  country: string;
  mayWrite: boolean;
  followUps: readonly FollowUp[];
  toReview: readonly CallSummary[];
  calendarAlerts: readonly CalendarAlert[];
};

/** What waits for a person, each with the one thing to do about it. */
export function NeedsYou({ slug, zone, country, mayWrite, followUps, toReview, calendarAlerts }: Props) {
  return (
    <Card>
      <CardHeader title="Needs you" level={2} />
      {followUps.length + toReview.length + calendarAlerts.length === 0 ? (
        <CardBody className="text-muted">Nothing waits for you.</CardBody>
      ) : (
        <ul data-list className="divide-y">
          <CalendarAlerts slug={slug} zone={zone} alerts={calendarAlerts} />
          {followUps.map((each) => (
            <li key={each.id} data-list-item className="flex items-start gap-3 px-4 py-3">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-x-2 font-medium">
                  {each.callId ? (
                    <Link href={`/o/${slug}/calls/${each.callId}`} className="truncate hover:underline">
                      {whoIn(each, country)}
                    </Link>
                  ) : (
                    <span className="truncate">{whoIn(each, country)}</span>
                  )}
                  <span className="font-normal text-muted">{kindWords[each.kind]}</span>
                  {each.urgent && <Status kind="attention">Urgent</Status>}
                </p>
                {each.text && <p className="line-clamp-3 break-words">{each.text}</p>}
                <p className="text-xs text-muted">
                  <Time instant={each.createdAt} zone={zone} relative />
                  {each.callerPhone && each.callerName ? (
                    <a href={`tel:${each.callerPhone}`} className="tabular ml-2 hover:underline">
                      {formatPhone(each.callerPhone, country)}
                    </a>
                  ) : null}
                </p>
              </div>
              {mayWrite && (
                <FollowUpDone what={whoIn(each, country)} settle={settleFollowUp.bind(null, slug, each.id)} />
              )}
            </li>
          ))}
          {toReview.map((call) => (
            <li key={call.id} data-list-item className="px-4 py-3">
              <p className="flex flex-wrap items-center gap-x-2">
                <Link href={`/o/${slug}/calls/${call.id}`} className="truncate font-medium hover:underline">
                  {callerOf(call, country).caller}
                </Link>
                <Status kind="attention">Needs review</Status>
              </p>
              {call.summary && <p className="line-clamp-2 break-words text-muted">{call.summary}</p>}
              <p className="text-xs text-muted">
                <Time instant={call.startedAt} zone={zone} relative />
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const whoIn = (each: FollowUp, country: string): string =>
  each.callerName || (each.callerPhone ? formatPhone(each.callerPhone, country) : "A caller");
