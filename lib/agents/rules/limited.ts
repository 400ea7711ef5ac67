type Settings = { greeting: string; instructions: string; language: string; tools: readonly string[] };

/** What is left while an organisation is limited; run for its callers whatever the agent's version was given. */
export const LIMITED_TOOLS = ["business_hours", "take_message", "end_call"] as const;

const GREETING =
  "Thank you for calling {{business}}. I cannot book or change appointments at the moment, but I can take a message, and somebody will call you back. What may I pass on?";

/**
 * What an agent is given instead while it cannot book: it says so at once, says when the business is open, takes a message, and puts through
 * where it could before. In other languages than English it finds the first words itself: `greeting` is null.
 */
export const limitedSettings = <S extends Settings>(settings: S) => ({
  ...settings,
  greeting: /^en\b/i.test(settings.language) ? GREETING : null,
  instructions: [
    "Greet the caller in the business's name, say that you cannot book at the moment, and that you can take a message for somebody to call back.",
    "You cannot look up, book, change or cancel appointments in this call, and you do not know why: never guess at a reason.",
    "Take a message: ask what it is about and the caller's name, and read back the number to call. Say that somebody will call back.",
    "You may say when the business is open and what it offers. Never promise a time.",
    "Speak briefly and plainly, one question at a time, and let the caller finish.",
  ].join("\n"),
  tools: [...LIMITED_TOOLS, ...settings.tools.filter((name) => name === "transfer_to_human")],
});
