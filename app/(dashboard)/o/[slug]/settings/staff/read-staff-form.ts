import type { StaffInput } from "@/lib/scheduling/schemas";

/** A person from the form; each service is a box of its own, named `service:<id>`. */
export function readStaffForm(form: FormData): StaffInput {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  return {
    name: text("name"),
    email: text("email") || null,
    timeZone: text("timeZone") || null,
    maxPerDay: text("maxPerDay") || null,
    maxPerWeek: text("maxPerWeek") || null,
    serviceIds: [...form.keys()].filter((key) => key.startsWith("service:")).map((key) => key.slice("service:".length)),
  };
}
