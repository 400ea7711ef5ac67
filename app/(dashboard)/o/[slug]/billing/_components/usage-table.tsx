import Link from "next/link";
import { Card } from "@/components/ui/card";
import { Absent, Duration } from "@/components/ui/duration";
import { Money } from "@/components/ui/money";
import { Phone } from "@/components/ui/phone";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { UsageLines } from "@/lib/billing";
import { unbilledWords } from "../../_components/unbilled-words";

type Props = { usage: UsageLines; slug: string; place: { timeZone: string; country: string } };

/** Fractions of a cent matter in what a call costs the provider. */
const COST_DIGITS = 4;

/** Each call as it stands on the bill. */
export function UsageTable({ usage: { lines, currency }, slug, place: { timeZone, country } }: Props) {
  return (
    <Card>
      <Table label="Calls counted">
        <THead>
          <Tr>
            <Th>Ended</Th>
            <Th className="max-sm:hidden">Agent</Th>
            <Th className="max-md:hidden">Number</Th>
            <Th numeric className="max-sm:hidden">
              Length
            </Th>
            <Th numeric>Minutes</Th>
            <Th numeric>Charged</Th>
            <Th numeric className="max-sm:hidden">
              Provider’s cost
            </Th>
          </Tr>
        </THead>
        <TBody>
          {lines.map((line) => (
            <Tr key={line.callId}>
              <Td>
                <Link href={`/o/${slug}/calls/${line.callId}`} className="font-medium hover:underline">
                  <Time instant={line.endedAt} zone={timeZone} />
                </Link>
                {line.agentName && (
                  <span className="block max-w-40 truncate text-xs text-muted sm:hidden">{line.agentName}</span>
                )}
                {line.unbilled && <span className="block text-xs text-muted">{unbilledWords[line.unbilled]}</span>}
                {line.isCorrected && <span className="block text-xs text-muted">Corrected after a late report</span>}
              </Td>
              <Td className="max-w-40 truncate max-sm:hidden">{line.agentName ?? <Absent />}</Td>
              <Td className="max-md:hidden">
                {line.number ? <Phone e164={line.number} country={country} /> : <Absent label="no number" />}
              </Td>
              <Td numeric className="max-sm:hidden">
                <Duration seconds={line.seconds} />
              </Td>
              <Td numeric>{line.minutes}</Td>
              <Td numeric>
                {line.charge > 0n ? (
                  <Money minor={line.charge} currency={currency} />
                ) : (
                  <span className="text-muted">{line.unbilled ? "Free" : "Included"}</span>
                )}
              </Td>
              <Td numeric className="text-muted max-sm:hidden">
                {line.cost ? (
                  <Money minor={line.cost.total} places={6} currency="USD" digits={COST_DIGITS} />
                ) : (
                  <Absent label="not reported yet" />
                )}
              </Td>
            </Tr>
          ))}
        </TBody>
      </Table>
    </Card>
  );
}
