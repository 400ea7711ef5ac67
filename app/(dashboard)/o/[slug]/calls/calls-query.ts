import { businessDate, type businessDay, type CallFilter, callOutcomes } from "@/lib/calls";
import { isId } from "@/lib/platform/ids";

export type SearchParams = Record<string, string | string[] | undefined>;
type Day = ReturnType<typeof businessDay>;

/** What the address of the list says. Words that mean nothing are left out, so that an old bookmark still opens. */
export type CallsAddress = {
  q?: string;
  /** "today" or YYYY-MM-DD in the business's zone. */
  day?: string;
  outcome?: (typeof callOutcomes)[number];
  review?: "1";
  agent?: string;
  cursor?: string;
  dir?: "newer";
};

export function readCallsAddress(params: SearchParams): CallsAddress {
  const one = (name: string) => {
    const value = params[name];
    return (Array.isArray(value) ? value[0] : value)?.trim() || undefined;
  };
  const q = one("q")?.slice(0, 200);
  const day = one("day");
  const outcome = callOutcomes.find((each) => each === one("outcome"));
  const agent = one("agent");
  const place = one("cursor");
  const cursor = place && place.length <= 200 ? place : undefined;
  return {
    ...(q ? { q } : {}),
    ...(day === "today" || (day && businessDate(day, "UTC")) ? { day } : {}),
    ...(outcome ? { outcome } : {}),
    ...(one("review") ? { review: "1" as const } : {}),
    ...(agent && isId("agent", agent) ? { agent } : {}),
    ...(cursor ? { cursor } : {}),
    ...(cursor && one("dir") === "newer" ? { dir: "newer" as const } : {}),
  };
}

/** The address as what `listCalls` and its like take; `today` is the business's day now. */
export function filterOf(address: CallsAddress, today: Day, timeZone: string): CallFilter {
  const day = address.day === "today" ? today : address.day && businessDate(address.day, timeZone);
  return {
    ...(address.outcome ? { outcome: address.outcome } : {}),
    ...(address.review ? { needsReview: true as const } : {}),
    ...(address.agent ? { agentId: address.agent } : {}),
    ...(day ? { from: day.start, to: day.end } : {}),
  };
}

/** The address with something changed; a value of undefined takes it out. Another filter begins at the first page again. */
export function callsHref(
  base: string,
  address: CallsAddress,
  change: { [K in keyof CallsAddress]?: CallsAddress[K] | undefined },
): string {
  const isPaging = "cursor" in change;
  const { cursor, dir, ...filters } = address;
  const next = { ...filters, ...(isPaging ? {} : { cursor: undefined, dir: undefined }), ...change };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(next)) if (value) query.set(name, value);
  const text = query.toString();
  return text ? `${base}?${text}` : base;
}

/** Where a saved view leads: the same text for the same filter. */
export const viewHref = (base: string, { filter }: { filter: SearchParams }): string =>
  callsHref(base, readCallsAddress(filter), {});
