export type TimeFormat = "time" | "seconds" | "date" | "day" | "short" | "full";

const formats: Record<TimeFormat, Intl.DateTimeFormatOptions> = {
  time: { hour: "2-digit", minute: "2-digit" },
  seconds: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  date: { day: "numeric", month: "short", year: "numeric" },
  day: { weekday: "short", day: "numeric", month: "short" },
  short: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  full: {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  },
};

const cache = new Map<string, Intl.DateTimeFormat>();

/** An instant (ISO string, ms or Date) as read on the wall of `zone`, 24 h. */
export function formatTime(
  instant: string | number | Date,
  zone: string,
  format: TimeFormat = "short",
  locale = "en-GB",
): string {
  const key = `${locale}|${zone}|${format}`;
  let formatter = cache.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, { ...formats[format], hourCycle: "h23", timeZone: zone });
    cache.set(key, formatter);
  }
  return formatter.format(new Date(instant));
}

/** "just now", "5 min ago", "in 2 h", "yesterday", "3 days ago"; beyond a week the date says more, so undefined. */
export function formatRelative(instant: string | number | Date, now: number): string | undefined {
  const seconds = Math.round((new Date(instant).getTime() - now) / 1000);
  const size = Math.abs(seconds);
  const say = (n: number, unit: string) => (seconds < 0 ? `${n} ${unit} ago` : `in ${n} ${unit}`);
  if (size < 45) return "just now";
  if (size < 3600) return say(Math.max(1, Math.round(size / 60)), "min");
  if (size < 86_400) return say(Math.round(size / 3600), "h");
  const days = Math.round(size / 86_400);
  if (days === 1) return seconds < 0 ? "yesterday" : "tomorrow";
  return days <= 7 ? say(days, "days") : undefined;
}
