import type { Vapi } from "@vapi-ai/server-sdk";
import type { CallRecord } from "./call-record";

const usdPerMinute = { transport: 0.0085, transcriber: 0.01, vapi: 0.05 };
const usdPerCharacter = 0.000018;
const usdPerToken = { prompt: 0.0000025, completion: 0.00001 };
const analysisModel = { provider: "google", model: "gemini-2.5-flash" };

export interface CallCosts {
  costs: Vapi.CallCostsItem[];
  costBreakdown: Vapi.CostBreakdown;
  cost: number;
}

/** USD per component; the total is the sum of `costs`, as the vendor bills it. */
export function costsOf(
  record: CallRecord,
  durationMs: number,
  assistant: Vapi.CreateAssistantDto | undefined,
): CallCosts {
  const minutes = round(durationMs / 60_000, 2);
  const spoken = record.timeline.filter((segment) => segment.speaker === "assistant");
  const characters = spoken.reduce((sum, segment) => sum + segment.text.length, 0);
  const replies = spoken.length;
  const words = JSON.stringify(record.messages).length / 4;
  const promptTokens = Math.round(400 * replies + words * Math.max(1, replies / 2));
  const cachedPromptTokens = Math.round(promptTokens * 0.55);
  const completionTokens = Math.round(characters / 4);
  const transport = round(minutes * usdPerMinute.transport);
  const stt = round(minutes * usdPerMinute.transcriber);
  const llm = round(promptTokens * usdPerToken.prompt + completionTokens * usdPerToken.completion);
  const tts = round(characters * usdPerCharacter);
  const vapi = round(minutes * usdPerMinute.vapi);
  const analysis = (["summary", "structuredData", "successEvaluation"] as const).map((analysisType, index) => ({
    analysisType,
    promptTokens: Math.round(words + 300),
    completionTokens: [71, 33, 2][index] ?? 2,
    cost: [0.0004, 0.0003, 0.0002][index] ?? 0,
  }));
  const costs: Vapi.CallCostsItem[] = [
    ...(record.type === "webCall"
      ? []
      : [{ type: "transport" as const, provider: "twilio" as const, minutes, cost: transport }]),
    { type: "transcriber", transcriber: nameOf(assistant?.transcriber, "deepgram", "nova-3"), minutes, cost: stt },
    {
      type: "model",
      model: nameOf(assistant?.model, "openai", "gpt-4o"),
      promptTokens,
      completionTokens,
      cachedPromptTokens,
      cost: llm,
    },
    { type: "voice", voice: voiceOf(assistant?.voice), characters, cost: tts },
    { type: "vapi", subType: "normal", minutes, cost: vapi },
    ...analysis.map((item) => ({ type: "analysis" as const, model: analysisModel, ...item })),
  ];
  const cost = round(costs.reduce((sum, item) => sum + item.cost, 0));
  const [summary, structuredData, successEvaluation] = analysis;
  return {
    costs,
    cost,
    costBreakdown: {
      transport: record.type === "webCall" ? 0 : transport,
      stt,
      llm,
      tts,
      vapi,
      total: cost,
      llmPromptTokens: promptTokens,
      llmCompletionTokens: completionTokens,
      llmCachedPromptTokens: cachedPromptTokens,
      ttsCharacters: characters,
      analysisCostBreakdown: {
        summary: summary?.cost,
        summaryPromptTokens: summary?.promptTokens,
        summaryCompletionTokens: summary?.completionTokens,
        structuredData: structuredData?.cost,
        structuredDataPromptTokens: structuredData?.promptTokens,
        structuredDataCompletionTokens: structuredData?.completionTokens,
        successEvaluation: successEvaluation?.cost,
        successEvaluationPromptTokens: successEvaluation?.promptTokens,
        successEvaluationCompletionTokens: successEvaluation?.completionTokens,
      },
    },
  };
}

function nameOf(part: object | undefined, provider: string, model: string): Record<string, unknown> {
  const given = (part ?? {}) as { provider?: unknown; model?: unknown };
  return { provider: given.provider ?? provider, model: given.model ?? model };
}

function voiceOf(part: object | undefined): Record<string, unknown> {
  const given = (part ?? {}) as { provider?: unknown; voiceId?: unknown };
  return { provider: given.provider ?? "vapi", voiceId: given.voiceId ?? "Elliot" };
}

function round(value: number, digits = 4): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
