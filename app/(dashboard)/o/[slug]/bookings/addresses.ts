import { isoOf, parseIsoDay } from "@/lib/scheduling";

export const views = ["week", "day", "month", "list"] as const;
export type View = (typeof views)[number];

export type SearchParams = Record<string, string | string[] | undefined>;

/** The first value of a query parameter; an empty one is none. */
export const one = (params: SearchParams, name: string): string | undefined => {
  const value = params[name];
  return (Array.isArray(value) ? value[0] : value) || undefined;
};

export type Place = { view: View; date: string; staff: string | undefined };

/** What of the bookings an address asks for; anything unreadable falls back to this week. */
export function readPlace(params: SearchParams, today: string): Place {
  const asked = one(params, "date") ?? "";
  // What is shown reaches further than the day asked for, and the years of a date are four digits.
  const date = asked >= "1970" && asked < "9999" ? parseIsoDay(asked) : undefined;
  return {
    view: views.find((view) => view === one(params, "view")) ?? "week",
    date: date === undefined ? today : isoOf(date),
    staff: one(params, "staff"),
  };
}

/** The address of the bookings, with what differs from a bare one. */
export function bookingsHref(slug: string, place: Partial<Place> & Record<string, string | undefined>): string {
  const query = new URLSearchParams(
    Object.entries(place).filter((entry): entry is [string, string] => Boolean(entry[1])),
  ).toString();
  return `/o/${slug}/bookings${query ? `?${query}` : ""}`;
}

/** The day `days` later. */
export const laterBy = (iso: string, days: number): string => isoOf((parseIsoDay(iso) ?? 0) + days);
