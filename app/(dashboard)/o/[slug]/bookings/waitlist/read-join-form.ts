import { type FieldError, invalid } from "@/lib/platform/errors";
import type { JoinWaitlistInput } from "@/lib/waitlist/schemas";

/** Somebody to wait, from the form; what is left empty is no limit. */
export function readJoinForm(form: FormData): JoinWaitlistInput {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const given = (name: string) => text(name) || undefined;
  const errors: FieldError[] = [];
  const minute = (name: string, usual: number) => {
    if (text(name) === "") return usual;
    const match = /^([01]\d|2[0-3]):([0-5]\d)/.exec(text(name));
    if (!match) errors.push({ path: name, message: "Give a time." });
    return Number(match?.[1] ?? 0) * 60 + Number(match?.[2] ?? 0);
  };
  const [fromMinute, toMinute] = [minute("fromMinute", 0), minute("toMinute", 1440)];
  const priority = Number(text("priority") || 0);
  if (!Number.isInteger(priority)) errors.push({ path: "priority", message: "Give a whole number." });
  if (errors.length > 0) throw invalid(errors);
  return {
    serviceId: text("serviceId"),
    staffId: given("staffId"),
    name: text("name"),
    phone: given("phone"),
    email: given("email"),
    notes: text("notes"),
    fromOn: given("fromOn"),
    toOn: given("toOn"),
    fromMinute,
    toMinute,
    priority,
  };
}
