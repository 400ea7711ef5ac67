import { type FieldError, invalid } from "@/lib/platform/errors";
import type { ResourceClosureInput } from "@/lib/scheduling/schemas";
import { readMinute } from "../hours/read-hours-form";

/** From one day and time to another; without times whole days, without a last day one day. */
export function readClosureForm(form: FormData): Omit<ResourceClosureInput, "resourceId"> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const errors: FieldError[] = [];
  const time = (name: string, otherwise: number) => {
    if (text(name) === "") return otherwise;
    const minute = readMinute(text(name));
    if (minute === undefined) errors.push({ path: name, message: "Write the time as 09:30, or leave it empty." });
    return minute ?? otherwise;
  };
  const closure = {
    fromDate: text("fromDate"),
    fromMinute: time("fromTime", 0),
    untilDate: text("untilDate") || text("fromDate"),
    untilMinute: time("untilTime", 1440),
    reason: text("reason"),
  };
  if (errors.length > 0) throw invalid(errors);
  return closure;
}
