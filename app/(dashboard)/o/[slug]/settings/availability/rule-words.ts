/** The rules by the names an owner would give them, with the page that changes them. */
const rules: Record<string, { word: string; part?: "hours" | "services" | "staff" | "resources" | "bookings" }> = {
  offered: { word: "Offered" },
  in_the_past: { word: "In the past" },
  too_soon: { word: "Notice", part: "services" },
  too_far: { word: "Too far ahead", part: "services" },
  holiday: { word: "Holiday", part: "hours" },
  closed_date: { word: "Closed date", part: "hours" },
  closed_weekday: { word: "Closed weekday", part: "hours" },
  before_opening: { word: "Before opening", part: "hours" },
  after_closing: { word: "After closing", part: "hours" },
  runs_past_closing: { word: "Runs past closing", part: "hours" },
  in_break: { word: "Break", part: "hours" },
  staff_hours: { word: "Hours of the person", part: "hours" },
  staff_busy: { word: "Taken", part: "bookings" },
  full: { word: "Full", part: "bookings" },
  service_limit: { word: "Limit of the service", part: "services" },
  staff_limit: { word: "Limit of the person", part: "staff" },
  no_resource: { word: "No room or machine", part: "resources" },
  not_enough_staff: { word: "Too few people", part: "staff" },
  staff_cannot: { word: "Not their service", part: "staff" },
  not_offered_there: { word: "Not at their place", part: "services" },
  nobody_does_it: { word: "Nobody does it", part: "staff" },
  off_grid: { word: "Between the steps", part: "services" },
};

export const ruleWord = (rule: string): string => rules[rule]?.word ?? rule.replaceAll("_", " ");

export type Asked = { serviceId: string; staffId: string | undefined; date: string };

/** Where the owner changes what decides: of the service, the person and the day that were asked about. */
export function ruleHref(slug: string, rule: string, { serviceId, staffId, date }: Asked): string | undefined {
  const part = rules[rule]?.part;
  const settings = `/o/${slug}/settings`;
  switch (part) {
    case "bookings":
      return `/o/${slug}/bookings?view=day&date=${date}`;
    case "services":
      return `${settings}/services/${serviceId}`;
    case "staff":
      return staffId ? `${settings}/staff/${staffId}` : `${settings}/services/${serviceId}`;
    case "hours":
      if (rule === "closed_date") return `${settings}/hours?date=${date}`;
      return rule === "staff_hours" && staffId ? `${settings}/hours?staff=${staffId}` : `${settings}/hours`;
    default:
      return part && `${settings}/${part}`;
  }
}
