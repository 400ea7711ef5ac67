/** A provider is asked for so many calls a run that got stuck or were found to differ: each is a request. */
const MOST_DOUBTED = 100;
/** And for so many others. */
const MOST_SAMPLED = 20;

type Askable = { callId: string; state: "open" | "given_up" | "ended" };

/**
 * Which calls a provider is asked about: those that got stuck, those whose difference is still open (it closes only when the provider says so),
 * and some of the others, other ones each night (`night`: its date). What we know of those was told in messages that the business could sign
 * itself, and a provider may change a call's cost after its report: each is as likely to be asked about, and nobody can tell which from their
 * times, lengths or costs. A call that stays in view for forty nights is asked about with eight chances in ten where there are 500 of them.
 */
export function askedCalls<C extends Askable>(calls: readonly C[], differ: ReadonlySet<string>, night: string): C[] {
  const isDoubted = ({ state, callId }: C) => state !== "ended" || differ.has(callId);
  const others = calls
    .filter((call) => !isDoubted(call))
    .map((call) => ({ call, lot: lotOf(`${night} ${call.callId}`) }));
  const sample = others.sort((a, b) => a.lot - b.lot).slice(0, MOST_SAMPLED);
  return [...calls.filter(isDoubted).slice(0, MOST_DOUBTED), ...sample.map(({ call }) => call)];
}

/** A number that texts which differ little do not share (FNV-1a, its bits mixed once more). */
function lotOf(text: string): number {
  let lot = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) lot = Math.imul(lot ^ text.charCodeAt(n), 0x01000193);
  lot = Math.imul(lot ^ (lot >>> 16), 0x85ebca6b);
  lot = Math.imul(lot ^ (lot >>> 13), 0xc2b2ae35);
  return (lot ^ (lot >>> 16)) >>> 0;
}
