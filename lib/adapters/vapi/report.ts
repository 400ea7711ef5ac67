import type { CallReport, SaidTurn } from "@/lib/calls/ports";
import type { CostBreakdown } from "@/lib/calls/schemas";
import { type Fields, fields, instant, list, number, short, text, wordOf } from "./payload";

const MAX_SUMMARY = 20_000;
/** More than is said in hours. A megabyte of short ones would keep the database, and whoever opens the call, busy for a minute. */
const MOST_TURNS = 3_000;

const roles: Record<string, SaidTurn["role"]> = {
  bot: "agent",
  assistant: "agent",
  user: "caller",
  customer: "caller",
};

/**
 * `source` is an end-of-call-report or a call from the API; `artifact` and `analysis` first, what is observed beside them second. Of what was said
 * the first three thousand turns.
 */
export function readReport(source: Fields): CallReport {
  const artifact = fields(source.artifact) ?? {};
  const call = fields(source.call) ?? {};
  const startedAt = instant(source.startedAt) ?? instant(call.startedAt);
  const messages = list(artifact.messages).length > 0 ? list(artifact.messages) : list(source.messages);
  const spoken = messages.flatMap((message) => readTurn(fields(message), startedAt) ?? []);
  const told = spoken.length > 0 ? spoken : turnsOfTranscript(artifact.transcript ?? source.transcript);
  const turns = told.slice(0, MOST_TURNS);
  const costs = readCosts(source, call);
  return {
    turns,
    summary: short(
      text(fields(source.analysis)?.summary) ?? text(fields(call.analysis)?.summary) ?? text(source.summary),
      MAX_SUMMARY,
    ),
    ...costs,
    durationSeconds: number(source.durationSeconds) ?? secondsOf(number(source.durationMs)),
    hasRecording: hasRecording(artifact) || hasRecording(source),
  };
}

export function readTurn(message: Fields | undefined, startedAt: Date | undefined): SaidTurn | undefined {
  const role = wordOf(roles, message?.role);
  const said = text(message?.message) ?? text(message?.content);
  if (!message || !role || !said) return undefined;
  const at = number(message.time);
  const fromStart = number(message.secondsFromStart);
  const offsetMs =
    fromStart !== undefined ? fromStart * 1000 : at !== undefined && startedAt ? at - startedAt.getTime() : 0;
  const end = number(message.endTime);
  const durationMs = number(message.duration) ?? (at !== undefined && end !== undefined ? end - at : undefined);
  return {
    role,
    text: said,
    offsetMs: whole(offsetMs),
    durationMs: durationMs === undefined ? undefined : whole(durationMs),
  };
}

const MAX_OFFSET_MS = 2_000_000_000;
const whole = (ms: number): number => Math.min(MAX_OFFSET_MS, Math.max(0, Math.round(ms)));

/** "AI: …\nUser: …", without times; one page of the vendor shows a list of messages instead. */
function turnsOfTranscript(transcript: unknown): SaidTurn[] {
  if (Array.isArray(transcript)) return transcript.flatMap((message) => readTurn(fields(message), undefined) ?? []);
  const lines = (text(transcript) ?? "").split(/\n(?=(?:AI|User|Assistant|Bot):)/);
  return lines.flatMap((line, index) => {
    const found = /^(AI|Assistant|Bot|User):\s*([\s\S]*\S)\s*$/.exec(line);
    if (!found?.[2]) return [];
    return [{ role: found[1] === "User" ? ("caller" as const) : ("agent" as const), text: found[2], offsetMs: index }];
  });
}

const component: Record<string, keyof CostBreakdown> = {
  transport: "transport",
  transcriber: "transcriber",
  model: "model",
  voice: "voice",
  vapi: "platform",
  analysis: "analysis",
};

const observed: readonly (readonly [string, keyof CostBreakdown])[] = [
  ["transport", "transport"],
  ["stt", "transcriber"],
  ["llm", "model"],
  ["tts", "voice"],
  ["vapi", "platform"],
];

function readCosts(source: Fields, call: Fields): Pick<CallReport, "costMicros" | "costBreakdown"> {
  const breakdown: CostBreakdown = {};
  const add = (key: keyof CostBreakdown, cost: unknown) => {
    const micros = microsOf(cost);
    if (micros !== undefined) breakdown[key] = (breakdown[key] ?? 0) + micros;
  };
  const items = list(source.costs).length > 0 ? list(source.costs) : list(call.costs);
  if (items.length > 0)
    for (const item of items) add(wordOf(component, fields(item)?.type) ?? "other", fields(item)?.cost);
  else {
    const sums = fields(source.costBreakdown) ?? fields(call.costBreakdown) ?? {};
    for (const [name, key] of observed) add(key, sums[name]);
    add("other", sums.chat);
    const analysis = fields(sums.analysisCostBreakdown) ?? {};
    for (const name of ["summary", "structuredData", "successEvaluation"]) add("analysis", analysis[name]);
  }
  const parts = Object.values(breakdown);
  const total = microsOf(source.cost) ?? microsOf(call.cost);
  return {
    costMicros: total ?? (parts.length > 0 ? parts.reduce((sum, part) => sum + part, 0) : undefined),
    costBreakdown: parts.length > 0 ? breakdown : undefined,
  };
}

const MAX_DOLLARS = 1_000_000;

/** Vapi bills in US dollars. */
const microsOf = (dollars: unknown): number | undefined => {
  const value = number(dollars);
  return value !== undefined && value >= 0 && value <= MAX_DOLLARS ? Math.round(value * 1_000_000) : undefined;
};

const secondsOf = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1000);

/** The addresses themselves are of no use: the stored ones are private and the signed ones expire (contracts/voice.md §1.6). */
function hasRecording(holder: Fields): boolean {
  const names = ["recordingUrl", "stereoRecordingUrl", "presignedMonoUrl", "presignedStereoUrl"];
  const mono = fields(fields(holder.recording)?.mono);
  return (
    names.some((name) => text(holder[name])) ||
    Boolean(text(fields(holder.recording)?.stereoUrl) ?? text(mono?.combinedUrl))
  );
}
