import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Duration } from "@/components/ui/duration";
import { Money } from "@/components/ui/money";
import { Phone } from "@/components/ui/phone";
import { Time } from "@/components/ui/time";
import type { UsageLine } from "@/lib/billing";
import type { CallDetails } from "@/lib/calls";
import { costOf } from "../../../_components/call-words";
import { unbilledWords } from "../../../_components/unbilled-words";

type Bill = UsageLine & { currency: string };
type Props = { zone: string; country: string; call: CallDetails; bill?: Bill | undefined };

const componentWords: Record<keyof NonNullable<CallDetails["costBreakdown"]>, string> = {
  transport: "Line",
  transcriber: "Transcription",
  model: "Model",
  voice: "Voice",
  platform: "Platform",
  analysis: "Analysis",
  other: "Other",
};

/** Fractions of a cent matter here: a component may cost less than one. */
const digits = 4;

/** When, how long, with which agent, at what cost, and for whoever may know, how it was charged. */
export function FactsCard({ zone, country, call, bill }: Props) {
  const cost = costOf(call.costMicros);
  const parts = Object.entries(componentWords).flatMap(([key, word]) => {
    const micros = call.costBreakdown?.[key as keyof typeof componentWords];
    return micros ? [{ word, micros }] : [];
  });
  return (
    <Card>
      <CardHeader title="Details" level={2} />
      <CardBody>
        <DescriptionList
          items={[
            {
              term: "Started",
              value: <Time instant={call.startedAt} zone={zone} format="full" className="whitespace-normal" />,
            },
            { term: "Length", value: <Duration seconds={call.durationSeconds} /> },
            ...(call.toNumber ? [{ term: "Dialled", value: <Phone e164={call.toNumber} country={country} /> }] : []),
            {
              term: "Agent",
              value: call.agent
                ? `${call.agent.name}${call.agentVersion ? `, version ${call.agentVersion.number}` : ""}`
                : "None",
            },
            ...(call.endedReason
              ? [{ term: "Ended", value: <span className="break-words">{call.endedReason.replaceAll("-", " ")}</span> }]
              : []),
            ...(bill ? [{ term: "Charged", value: <Charged bill={bill} /> }] : []),
            ...(cost ? [{ term: "Cost", value: <Money {...cost} digits={digits} /> }] : []),
          ]}
        />
        {parts.length > 0 && (
          <ul className="mt-2 border-t pt-2 text-xs text-muted" aria-label="Cost by component">
            {parts.map((part) => (
              <li key={part.word} className="flex justify-between gap-3">
                {part.word}
                <Money minor={part.micros} places={6} currency="USD" digits={digits} />
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}

const Charged = ({ bill }: { bill: Bill }) =>
  bill.unbilled ? (
    unbilledWords[bill.unbilled]
  ) : (
    <>
      {bill.minutes} {bill.minutes === 1 ? "minute" : "minutes"},{" "}
      {bill.charge > 0n ? <Money minor={bill.charge} currency={bill.currency} /> : "within the plan"}
    </>
  );
