export type Business = {
  name: string;
  timeZone: string;
  /** "Monday 09:00–17:00", one line each; empty when none were set. */
  hours: readonly string[];
  services: readonly { name: string; durationMinutes: number; price: string | undefined; description: string }[];
  staff: readonly string[];
  /** What late cancellations cost, for every service without a policy of its own; empty when nothing. */
  cancellation: readonly string[];
  canTransfer: boolean;
};

/** What the model is told at the start of a call: the version's instructions and the business as it is at this moment. */
export function systemPrompt(
  agent: { name: string; instructions: string; language: string },
  business: Business,
  now: Date,
): string {
  const today = new Intl.DateTimeFormat("en-GB", {
    timeZone: business.timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(now);
  const sections = [
    `You are ${agent.name}, answering the telephone for ${business.name}. Speak ${languageName(agent.language)}.`,
    agent.instructions,
    `It is ${today} (${business.timeZone}).`,
    section("Opening hours", business.hours),
    section(
      "Services",
      business.services.map((s) =>
        [`${s.name}, ${s.durationMinutes} minutes`, s.price, s.description].filter(Boolean).join(", "),
      ),
    ),
    section("People", business.staff),
    section("Cancellation", business.cancellation),
    business.canTransfer
      ? "When transfer_to_human succeeds, put the call through at once."
      : "Nobody can take a call over at the moment: take a message instead.",
  ];
  return sections.filter(Boolean).join("\n\n");
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length > 0 ? `${title}:\n${lines.map((line) => `- ${line}`).join("\n")}` : "";

function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
