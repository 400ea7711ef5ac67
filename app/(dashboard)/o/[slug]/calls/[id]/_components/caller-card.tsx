import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Phone } from "@/components/ui/phone";
import { Time } from "@/components/ui/time";
import type { CallDetails, CallSummary } from "@/lib/calls";
import { callerOf } from "../../../_components/call-line";
import { outcomeText } from "../../../_components/call-words";

type Props = {
  slug: string;
  zone: string;
  country: string;
  call: CallDetails;
  /** The contact's other calls, newest first. */
  earlier: readonly CallSummary[];
};

/** Who it was, and what they called about before. */
export function CallerCard({ slug, zone, country, call, earlier }: Props) {
  const number = call.direction === "inbound" ? call.fromNumber : call.toNumber;
  return (
    <Card>
      <CardHeader title="Caller" level={2} />
      <CardBody className="flex flex-col gap-1">
        {call.contact ? (
          <Link href={`/o/${slug}/contacts/${call.contact.id}`} className="truncate font-medium hover:underline">
            {callerOf(call, country).caller}
          </Link>
        ) : (
          <span className="font-medium">{callerOf(call, country).caller}</span>
        )}
        {number && call.contact?.name && <Phone e164={number} country={country} link className="text-muted" />}
        {call.contact?.email && (
          <a href={`mailto:${call.contact.email}`} className="truncate text-muted hover:underline">
            {call.contact.email}
          </a>
        )}
      </CardBody>
      {earlier.length > 0 && (
        <ul className="divide-y border-t" aria-label="Other calls">
          {earlier.map((other) => (
            <li key={other.id} className="relative flex gap-3 px-4 py-2 hover:bg-hover">
              <Link
                href={`/o/${slug}/calls/${other.id}`}
                className="min-w-0 flex-1 truncate after:absolute after:inset-0"
              >
                {outcomeText(other, zone) ?? "Call"}
              </Link>
              <Time instant={other.startedAt} zone={zone} relative className="text-xs text-muted" />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
