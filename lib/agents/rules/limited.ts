type Settings = { greeting: string; instructions: string; tools: readonly string[] };

/** What is left while an organisation is limited; run for its callers whatever the agent's version was given. */
export const LIMITED_TOOLS = ["business_hours", "take_message", "end_call"] as const;

/**
 * What an agent is given instead while it cannot book: it says so at once, says when the business is open, takes a message, and puts through
 * where it could before.
 */
export const limitedSettings = <S extends Settings>(settings: S): S => ({
  ...settings,
  greeting:
    "Thank you for calling {{business}}. I cannot book or change appointments at the moment, but I can take a message, and somebody will call you back. What may I pass on?",
  instructions: [
    "You cannot look up, book, change or cancel appointments in this call, and you do not know why: never guess at a reason.",
    "Take a message: ask what it is about and the caller's name, and read back the number to call. Say that somebody will call back.",
    "You may say when the business is open and what it offers. Never promise a time.",
    "Speak briefly and plainly, one question at a time, and let the caller finish.",
  ].join("\n"),
  tools: [...LIMITED_TOOLS, ...settings.tools.filter((name) => name === "transfer_to_human")],
});
