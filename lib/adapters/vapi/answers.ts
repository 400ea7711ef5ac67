import type { ToolRequest } from "@/lib/calls/ports";

export type ToolAnswerLine = { request: ToolRequest; line: string; isFailure: boolean };

/** One result per call, in the order asked, each on one line (contracts/voice.md §1.5). */
export const toolResults = (answers: readonly ToolAnswerLine[]): object => ({
  results: answers.map(({ request, line, isFailure }) => ({
    toolCallId: request.sentId ?? request.id,
    name: request.name,
    [isFailure ? "error" : "result"]: line.replace(/[\r\n]+/g, " "),
  })),
});

/** What the older `function-call` message expects. */
export const legacyResult = (answers: readonly ToolAnswerLine[]): object => ({ result: answers[0]?.line ?? "" });

export const spokenError = (say: string): object => ({ error: say });

export const transferTo = (number: string, message: string): object => ({
  destination: { type: "number", number, message },
});

/** Types that want an answer although we do nothing with them; every other one is content with an empty object. */
export function plainAnswer(type: string): object {
  switch (type) {
    case "knowledge-base-request":
      return { documents: [] };
    case "handoff-destination-request":
      return spokenError("There is nobody else to hand this over to.");
    case "campaign.predial":
      return { eligible: true };
    default:
      return {};
  }
}
