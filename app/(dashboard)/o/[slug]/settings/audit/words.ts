import { formatTime } from "@/components/ui/time-format";

const nouns: Record<string, string> = { follow_up: "follow-up", organization: "organisation" };
const verbs: Record<string, string> = {
  hold_released: "hold released",
  received_first_event: "received its first event",
};

/** "booking.hold_released" → "Booking hold released". */
export function actionInWords(action: string): string {
  const [noun = "", verb = ""] = action.split(".");
  const text = `${nouns[noun] ?? noun.replaceAll("_", " ")} ${verbs[verb] ?? verb.replaceAll("_", " ")}`.trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const kinds: Record<string, string> = {
  agent: "Agent",
  apiKey: "API key",
  system: "Caly",
  webhook: "Provider",
  contact: "Caller",
  operator: "Operator",
};

/** A member by name; everybody else with what they are. */
export function actorInWords(kind: string, label: string): string {
  const of = kinds[kind];
  return of ? `${of} · ${label}` : label;
}

/** What changed in one line: "name: Ann → Anna · role: admin". Instants as read on the wall of `zone`. */
export function changesInWords(changes: Record<string, unknown>, zone: string): string {
  return Object.entries(changes)
    .map(([name, value]) => `${wordsOf(name)}: ${valueInWords(value, zone)}`)
    .join(" · ");
}

const wordsOf = (name: string) =>
  name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function valueInWords(value: unknown, zone: string): string {
  if (value === null || value === undefined || value === "") return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value))
    return value.length === 0 ? "none" : value.map((each) => valueInWords(each, zone)).join(", ");
  if (typeof value === "string" && instant.test(value)) return formatTime(value, zone);
  if (typeof value !== "object") return String(value);
  if ("from" in value && "to" in value) return `${valueInWords(value.from, zone)} → ${valueInWords(value.to, zone)}`;
  return Object.entries(value)
    .map(([name, inner]) => `${wordsOf(name)} ${valueInWords(inner, zone)}`)
    .join(", ");
}
