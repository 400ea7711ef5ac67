/** Minutes as people say them: "45 min", "1 h 30 min", "2 days", "1 week". */
export function sayMinutes(minutes: number): string {
  if (minutes === 0) return "none";
  if (minutes % 10_080 === 0) return count(minutes / 10_080, "week");
  if (minutes % 1440 === 0) return count(minutes / 1440, "day");
  const hours = Math.floor(minutes / 60);
  return [hours ? `${hours} h` : "", minutes % 60 ? `${minutes % 60} min` : ""].filter(Boolean).join(" ");
}

const count = (n: number, unit: string) => `${n} ${unit}${n === 1 ? "" : "s"}`;
