/** The index of words takes a mebibyte at most, in which a short word needs twice its own length: hours of talk are far below this. */
const MAX_BYTES = 400_000;

/** A conversation as text for search, in the order in which it was said; cut where no conversation ends. */
export function transcriptOf(turns: readonly { role: "agent" | "caller"; text: string; offsetMs: number }[]): string {
  const whole = [...turns]
    .sort((a, b) => a.offsetMs - b.offsetMs)
    .map((turn) => `${turn.role === "agent" ? "Agent" : "Caller"}: ${turn.text}`)
    .join("\n");
  if (Buffer.byteLength(whole) <= MAX_BYTES) return whole;
  return new TextDecoder().decode(Buffer.from(whole).subarray(0, MAX_BYTES), { stream: true });
}
