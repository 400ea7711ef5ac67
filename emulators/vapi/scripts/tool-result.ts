/** What a later turn can refer to: the result's own fields, or `say` and `error` when it was no JSON object. */
export interface ToolResult {
  say?: unknown;
  data?: unknown;
  offers?: unknown;
  error?: string;
  [field: string]: unknown;
}

export interface ReadResult {
  /** The line as the model would be given it. */
  line: string;
  value: ToolResult;
  isRefused: boolean;
}

const nothing: ReadResult = {
  line: "No result returned.",
  value: { error: "No result returned." },
  isRefused: true,
};

/** The results of one tool-calls answer, by tool call id; anything the vendor would ignore reads as no result. */
export function readResults(status: number | undefined, body: string, ids: readonly string[]): Map<string, ReadResult> {
  const results = new Map<string, ReadResult>(ids.map((id) => [id, nothing]));
  if (status !== 200) return results;
  for (const entry of entriesOf(body)) {
    const id = typeof entry.toolCallId === "string" ? entry.toolCallId : "";
    if (results.has(id)) results.set(id, read(entry));
  }
  return results;
}

/** What breaks the vendor's rules in an answer, in one sentence, or undefined. */
export function answerProblem(body: string, ids: readonly string[]): string | undefined {
  const entries = entriesOf(body);
  if (entries.length !== ids.length) return `${entries.length} results for ${ids.length} tool calls`;
  for (const [index, entry] of entries.entries()) {
    if (entry.toolCallId !== ids[index])
      return `result ${index} has toolCallId ${String(entry.toolCallId)}, expected ${ids[index]}`;
    if (typeof entry.name !== "string") return `result ${index} has no name`;
    const line = entry.result ?? entry.error;
    if (typeof line !== "string") return `result ${index} is not a string`;
    if (/[\r\n]/.test(line)) return `result ${index} holds a line break`;
  }
  return undefined;
}

function entriesOf(body: string): Record<string, unknown>[] {
  try {
    const answer: unknown = JSON.parse(body);
    const results = typeof answer === "object" && answer !== null && "results" in answer ? answer.results : undefined;
    return Array.isArray(results) ? results.filter((entry) => typeof entry === "object" && entry !== null) : [];
  } catch {
    return [];
  }
}

function read(entry: Record<string, unknown>): ReadResult {
  if (typeof entry.error === "string") {
    return { line: entry.error, value: { error: entry.error, say: entry.error }, isRefused: true };
  }
  if (typeof entry.result !== "string" || /[\r\n]/.test(entry.result)) return nothing;
  const value = withSpokenMessage(parsed(entry.result), entry.message);
  return { line: entry.result, value, isRefused: "offers" in value || value.refused === true };
}

function parsed(line: string): ToolResult {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as ToolResult;
  } catch {
    // a plain sentence is a result too
  }
  return { say: line };
}

/** A `message` beside the result is spoken instead of the model's own words. */
function withSpokenMessage(value: ToolResult, message: unknown): ToolResult {
  const content = typeof message === "object" && message !== null && "content" in message ? message.content : undefined;
  return typeof content === "string" ? { ...value, say: content } : value;
}
