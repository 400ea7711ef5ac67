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

/** What changed in one line: "name: Ann → Anna · role: admin". */
export function changesInWords(changes: Record<string, unknown>): string {
  return Object.entries(changes)
    .map(([name, value]) => `${wordsOf(name)}: ${valueInWords(value)}`)
    .join(" · ");
}

const wordsOf = (name: string) =>
  name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

function valueInWords(value: unknown): string {
  if (value === null || value === undefined || value === "") return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(valueInWords).join(", ");
  if (typeof value !== "object") return String(value);
  if ("from" in value && "to" in value) return `${valueInWords(value.from)} → ${valueInWords(value.to)}`;
  return Object.entries(value)
    .map(([name, inner]) => `${wordsOf(name)} ${valueInWords(inner)}`)
    .join(", ");
}
