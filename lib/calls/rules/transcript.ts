/** A conversation as text for search, in the order in which it was said. */
export const transcriptOf = (turns: readonly { role: "agent" | "caller"; text: string; offsetMs: number }[]): string =>
  [...turns]
    .sort((a, b) => a.offsetMs - b.offsetMs)
    .map((turn) => `${turn.role === "agent" ? "Agent" : "Caller"}: ${turn.text}`)
    .join("\n");
