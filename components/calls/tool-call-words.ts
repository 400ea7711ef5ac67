const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const plain = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";

/** A result may arrive as the one line of JSON the provider was given. */
const opened = (value: unknown): unknown => {
  if (typeof value !== "string" || !value.startsWith("{")) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
};

/** What a tool hands out for itself to be given back: it says nothing to a person. */
const handle = /^slot_[0-9a-z]{31}$/;

/** The arguments in a phrase: their plain values, joined. */
export function inBrief(value: unknown): string {
  const args = opened(value);
  return isRecord(args)
    ? Object.values(args)
        .map(plain)
        .filter((each) => each && !handle.test(each))
        .join(" · ")
    : plain(args);
}

/** What the tool gave the agent to say. */
export function saidBy(result: unknown): string | undefined {
  const answer = opened(result);
  return isRecord(answer) && typeof answer.say === "string" ? answer.say : undefined;
}

/** Name and value, one per line; what is nested stays JSON. */
export function lines(value: unknown): [string, string][] {
  const opening = opened(value);
  if (opening === null || opening === undefined) return [];
  if (!isRecord(opening)) return [["value", plain(opening) || JSON.stringify(opening)]];
  return Object.entries(opening)
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => [name, plain(each) || JSON.stringify(each, null, 1)]);
}
