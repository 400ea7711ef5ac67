import { ChipLink } from "@/components/ui/chip-link";
import { outcomeWords } from "../../_components/call-words";
import { type CallsAddress, callsHref } from "../calls-query";

type Props = { base: string; address: CallsAddress; agents: readonly { id: string; name: string }[] };

const outcomes = ["booked", "missed", "message", "transferred", "answered", "failed"] as const;

/** Filters that are on or off; each keeps the others. */
export function CallFilters({ base, address, agents }: Props) {
  const chip = (label: string, isOn: boolean, change: Parameters<typeof callsHref>[2], key = label) => (
    <ChipLink key={key} href={callsHref(base, address, change)} active={isOn}>
      {label}
    </ChipLink>
  );
  const isToday = address.day === "today";
  return (
    <nav
      aria-label="Filters"
      className="-mx-1 flex flex-wrap gap-1.5 px-1 max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:pb-1"
    >
      {chip("Today", isToday, { day: isToday ? undefined : "today" })}
      {address.day && !isToday && chip(address.day, true, { day: undefined })}
      {chip("Needs review", address.review !== undefined, { review: address.review ? undefined : "1" })}
      {outcomes.map((outcome) =>
        chip(outcomeWords[outcome].word, address.outcome === outcome, {
          outcome: address.outcome === outcome ? undefined : outcome,
        }),
      )}
      {agents.length > 1 &&
        agents.map((agent) =>
          chip(
            agent.name,
            address.agent === agent.id,
            { agent: address.agent === agent.id ? undefined : agent.id },
            agent.id,
          ),
        )}
    </nav>
  );
}
