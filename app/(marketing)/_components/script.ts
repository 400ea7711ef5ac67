export type Beat =
  | { kind: "agent" | "caller"; text: string }
  | { kind: "tool"; title: string; detail: string }
  | { kind: "booking"; when: string; what: string; who: string };

/** The call on the home page, told once. */
export const script: readonly Beat[] = [
  { kind: "agent", text: "Good evening, Willow Hair. How can I help?" },
  { kind: "caller", text: "Hi, have you got anything for a cut on Tuesday, before lunch?" },
  { kind: "tool", title: "Find free times", detail: "Cut · Tuesday · morning" },
  { kind: "agent", text: "On Tuesday Anna has half past ten, or a quarter past eleven." },
  { kind: "caller", text: "Half past ten, please. It’s Maya Osei." },
  { kind: "tool", title: "Book the appointment", detail: "Tuesday 10:30 · Anna" },
  { kind: "booking", when: "Tuesday 10:30", what: "Cut with Anna", who: "Maya Osei" },
  { kind: "agent", text: "Done, Maya. Tuesday at half past ten with Anna. I’ve put it in the diary." },
];

const readingMs = { agent: 1700, caller: 1700, tool: 900, booking: 900 } as const;

/** When each beat appears, in milliseconds after the start. */
export function startsOf(beats: readonly Beat[]): number[] {
  let at = 300;
  return beats.map((beat) => {
    const start = at;
    at += readingMs[beat.kind];
    return start;
  });
}
