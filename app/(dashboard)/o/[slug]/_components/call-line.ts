import type { CallLine } from "@/components/calls/types";
import { formatPhone } from "@/components/ui/phone";
import type { CallSummary } from "@/lib/calls";
import { callState, costOf, isLive, outcomeText, outcomeWords } from "./call-words";

type Place = { slug: string; timeZone: string; country: string };

/** Who is on the other end, by name where we know it, else by number. */
export function callerOf(
  call: Pick<CallSummary, "direction" | "fromNumber" | "toNumber" | "kind"> & { contact: { name: string } | null },
  country: string,
): { caller: string; detail?: string } {
  const number = call.direction === "inbound" ? call.fromNumber : call.toNumber;
  const text = number ? formatPhone(number, country) : call.kind === "web" ? "Browser call" : "Number withheld";
  return call.contact?.name ? { caller: call.contact.name, detail: text } : { caller: text };
}

/** A call as the components show it. */
export function callLine(call: CallSummary, { slug, timeZone, country }: Place): CallLine {
  const { caller, detail } = callerOf(call, country);
  const state = callState(call);
  const outcome = outcomeText(call, timeZone);
  return {
    id: call.id,
    href: `/o/${slug}/calls/${call.id}`,
    startedAt: call.startedAt.toISOString(),
    status: state.kind,
    statusLabel: state.word,
    caller,
    ...(detail ? { callerDetail: detail } : {}),
    agent: call.agent?.name || null,
    outcome,
    ...(call.outcome && !isLive(call) ? { outcomeStatus: outcomeWords[call.outcome].kind } : {}),
    durationSeconds: call.durationSeconds,
    cost: costOf(call.costMicros),
    isLive: isLive(call),
    ...(call.hit ? { hit: call.hit } : {}),
  };
}
