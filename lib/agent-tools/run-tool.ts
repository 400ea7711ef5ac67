import { LIMITED_TOOLS } from "@/lib/agents";
import type { ToolCaller, ToolRequest, ToolResult } from "@/lib/calls/ports";
import type { Context } from "@/lib/platform/context";
import type { AgentTool, IdentityLevel, ToolCallInfo } from "./types";

const refused = (say: string, offers: unknown[] = []): ToolResult => ({ status: "refused", say, data: null, offers });

/**
 * Runs one tool by name: reads its arguments, checks who the caller is known to be, and gives what to say. Whatever the model got wrong is
 * a refusal that names it, so that the model can ask; only a fault throws.
 */
export async function runTool(
  tools: ReadonlyMap<string, AgentTool>,
  ctx: Context,
  request: ToolRequest,
  { tools: allowed, ...call }: ToolCaller,
): Promise<ToolResult> {
  const tool = tools.get(request.name);
  if (!tool || (allowed && !isGiven(tool, allowed) && !isForLimited(tool)))
    return refused("I am not able to do that. Is there anything else I can help with, or may I take a message?");
  if (!request.arguments) return refused("I did not catch the details. Could you say them once more?");
  const given = said(request.arguments);
  const parsed = tool.parameters.safeParse(given);
  if (!parsed.success) return refused(whatIsWrong(parsed.error.issues, given));
  if (identityOf(call) < tool.identityLevel) return refused(notRecognised(tool.identityLevel));
  const answer = await tool.run(ctx, parsed.data, call);
  const result: ToolResult = { status: answer.status, say: oneLine(answer.say), data: answer.data ?? null };
  return answer.status === "refused" ? { ...result, offers: answer.offers ?? [] } : result;
}

/** Whether an agent that was given `names` has the tool. */
export const isGiven = ({ name, comesWith = name }: AgentTool, names: readonly string[]): boolean =>
  names.includes(name) || names.includes(comesWith);

/** A call that came in while its organisation was limited has these, whatever its agent's version was given. */
const isForLimited = ({ name }: AgentTool): boolean => LIMITED_TOOLS.some((each) => each === name);

/** Lets the tool that is about to run ask ahead; what it could not understand it will say when it runs. */
export function readAheadFor(
  tools: ReadonlyMap<string, AgentTool>,
  ctx: Context,
  request: ToolRequest,
  call: ToolCallInfo,
): void {
  const tool = tools.get(request.name);
  if (!tool?.readAhead || !request.arguments) return;
  const parsed = tool.parameters.safeParse(said(request.arguments));
  if (parsed.success) tool.readAhead(ctx, parsed.data, call);
}

/** Models fill in null for what the caller did not say. */
const said = (given: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));

/** Caller ID proves nothing beyond "this number is known": level 2 needs facts, which no tool collects yet. */
const identityOf = (call: ToolCallInfo): IdentityLevel => (call.contactId ? 1 : 0);

const notRecognised = (level: IdentityLevel): string =>
  level === 1
    ? "I cannot see the number you are calling from, so I cannot look that up. May I take a message?"
    : "I cannot do that without checking who you are. May I take a message, so that somebody calls you back?";

type Issue = { path: PropertyKey[]; message: string };

function whatIsWrong(issues: readonly Issue[], given: Record<string, unknown>): string {
  const names = [...new Set(issues.map((issue) => String(issue.path[0] ?? "")))].filter(Boolean);
  const missing = names.filter((name) => given[name] === undefined || given[name] === null || given[name] === "");
  if (missing.length > 0) return `I still need the ${listed(missing)}.`;
  return names.length > 0
    ? `I did not understand the ${listed(names)}. Could you say it another way?`
    : "I did not understand that.";
}

const listed = (names: string[]): string =>
  names.map((name) => name.replace(/([a-z])([A-Z])|_/g, "$1 $2").toLowerCase()).join(" and the ");

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/**
 * What the model is given: one line, because line breaks end a result for the provider. Keys stand in the order in which the database keeps
 * them, so that the answer to a repetition, read back from there, is the same to the letter.
 */
export function resultLine(result: ToolResult): string {
  const { say, data, offers } = result;
  const shown = {
    say: oneLine(say),
    data: ordered(data ?? null),
    ...(offers === undefined ? {} : { offers: ordered(offers) }),
  };
  return JSON.stringify(shown).replace(/[\u2028\u2029]/g, " ");
}

/** jsonb orders keys by length, then by their bytes. */
function ordered(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(
    ([a], [b]) => Buffer.byteLength(a) - Buffer.byteLength(b) || Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}
