import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Duration } from "@/components/ui/duration";
import { Phone } from "@/components/ui/phone";
import { Time } from "@/components/ui/time";
import type { CallDetails } from "@/lib/calls";

type Props = { zone: string; country: string; call: CallDetails };

/** When, how long, and with which agent. */
export function FactsCard({ zone, country, call }: Props) {
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
          ]}
        />
      </CardBody>
    </Card>
  );
}
