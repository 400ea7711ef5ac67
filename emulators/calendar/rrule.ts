import type { Recurrence } from "./recurrence";

const weekdayCodes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const frequencies = { DAILY: "daily", WEEKLY: "weekly", MONTHLY: "monthly", YEARLY: "yearly" } as const;

/** A recurrence from `RRULE:…`; undefined for what the emulator does not play (BYSETPOS, ordinals, hours …). */
export function readRule(line: string): Recurrence | undefined {
  const parts = /^(?:RRULE:)?(.+)$/.exec(line.trim())?.[1]?.split(";") ?? [];
  const recurrence: Partial<Recurrence> = { interval: 1 };
  for (const part of parts) {
    const [name, value = ""] = part.split("=");
    if (name === "FREQ" && value in frequencies) recurrence.frequency = frequencies[value as keyof typeof frequencies];
    else if (name === "INTERVAL" && /^[1-9]\d{0,2}$/.test(value)) recurrence.interval = Number(value);
    else if (name === "COUNT" && /^[1-9]\d{0,3}$/.test(value)) recurrence.count = Number(value);
    else if (name === "UNTIL" && /^\d{8}/.test(value))
      recurrence.untilDay = value.replace(/^(....)(..)(..).*/, "$1-$2-$3");
    else if (name === "BYDAY" && value.split(",").every((code) => weekdayCodes.includes(code)))
      recurrence.weekdays = value.split(",").map((code) => weekdayCodes.indexOf(code) + 1);
    else if (name !== "WKST") return undefined;
  }
  if (!recurrence.frequency || (recurrence.weekdays && recurrence.frequency !== "weekly")) return undefined;
  return recurrence as Recurrence;
}

export function writeRule(recurrence: Recurrence): string {
  const parts = [`FREQ=${recurrence.frequency.toUpperCase()}`];
  if (recurrence.interval !== 1) parts.push(`INTERVAL=${recurrence.interval}`);
  if (recurrence.weekdays) parts.push(`BYDAY=${recurrence.weekdays.map((day) => weekdayCodes[day - 1]).join(",")}`);
  if (recurrence.count !== undefined) parts.push(`COUNT=${recurrence.count}`);
  if (recurrence.untilDay !== undefined) parts.push(`UNTIL=${recurrence.untilDay.replaceAll("-", "")}T235959Z`);
  return `RRULE:${parts.join(";")}`;
}
