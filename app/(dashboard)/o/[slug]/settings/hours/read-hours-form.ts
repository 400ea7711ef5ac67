import { type FieldError, invalid } from "@/lib/platform/errors";
import { daySpans, type MinuteSpan, type Week } from "@/lib/scheduling/schemas";

/** A week from inputs named `<weekday>.<n>.from` and `.to` (HH:MM; an end of 00:00 is midnight). Wrong days are named `day<weekday>`. */
export function readWeek(form: FormData): Week {
  const errors: FieldError[] = [];
  const week: Week = Array.from({ length: 7 }, (_, weekday) => {
    const spans = readSpans(form, String(weekday));
    if (typeof spans !== "string") return spans;
    errors.push({ path: `day${weekday}`, message: spans });
    return [];
  });
  if (errors.length > 0) throw invalid(errors);
  return week;
}

/** The spans under one prefix, sorted, or what is wrong with them. A pair left empty does not count. */
export function readSpans(form: FormData, prefix: string): MinuteSpan[] | string {
  const starts = [...form.keys()].filter((key) => key.startsWith(`${prefix}.`) && key.endsWith(".from"));
  const spans: MinuteSpan[] = [];
  for (const start of starts) {
    const from = String(form.get(start) ?? "");
    const to = String(form.get(start.replace(/\.from$/, ".to")) ?? "");
    if (from === "" && to === "") continue;
    const [startMinute, endMinute] = [readMinute(from), readMinute(to)];
    if (startMinute === undefined || endMinute === undefined)
      return "Give both a start and an end, or leave both empty.";
    const span = { startMinute, endMinute: endMinute === 0 ? 1440 : endMinute };
    if (span.startMinute >= span.endMinute)
      return `${from} to ${to}: the end must come after the start. Past midnight, end at 00:00 and go on the next day from 00:00.`;
    spans.push(span);
  }
  const read = daySpans.safeParse(spans.sort((a, b) => a.startMinute - b.startMinute));
  return read.success ? read.data : (read.error.issues[0]?.message ?? "These times cannot be read.");
}

export function readMinute(text: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::\d\d)?$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}
