import { businessDate } from "@/lib/calls";
import { isId } from "@/lib/platform/ids";

export type SearchParams = Record<string, string | string[] | undefined>;

/** What the address of the page says; words that mean nothing are left out, so that an old bookmark still opens. */
export type UsageAddress = {
  /** A span that an invoice names; else the period that runs. */
  span?: { from: Date; to: Date };
  /** YYYY-MM-DD in the business's zone. */
  day?: string;
  agent?: string;
  cursor?: string;
};

export function readUsageAddress(params: SearchParams): UsageAddress {
  const one = (name: string) => {
    const value = params[name];
    return (Array.isArray(value) ? value[0] : value)?.trim() || undefined;
  };
  const [from, to] = [instant(one("from")), instant(one("to"))];
  const [day, agent, cursor] = [one("day"), one("agent"), one("cursor")];
  return {
    ...(from && to && from < to ? { span: { from, to } } : {}),
    ...(day && businessDate(day, "UTC") ? { day } : {}),
    ...(agent && isId("agent", agent) ? { agent } : {}),
    ...(cursor && cursor.length <= 200 ? { cursor } : {}),
  };
}

/** Nothing was counted before 1970, and the database has no year 0. */
function instant(text: string | undefined): Date | undefined {
  if (!text || !/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)) return undefined;
  const at = new Date(text);
  return at.getTime() >= 0 ? at : undefined;
}

/** The address with something changed; a value of undefined takes it out. Another filter begins at the first page again. */
export function usageHref(
  base: string,
  address: UsageAddress,
  change: { [K in keyof UsageAddress]?: UsageAddress[K] | undefined },
): string {
  const { span, ...rest } = { ...address, cursor: undefined, ...change };
  const query = new URLSearchParams();
  if (span) {
    query.set("from", span.from.toISOString());
    query.set("to", span.to.toISOString());
  }
  for (const [name, value] of Object.entries(rest)) if (value) query.set(name, value);
  const text = query.toString();
  return text ? `${base}?${text}` : base;
}
