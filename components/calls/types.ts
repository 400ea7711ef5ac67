import type { StatusKind } from "../ui/status";

/** One utterance. `offsetMs` counts from the start of the recording. */
export type Turn = {
  id: string;
  role: "agent" | "caller";
  text: string;
  offsetMs: number;
  durationMs: number | null;
};

export type ToolCallStatus = "ok" | "refused" | "failed";

/** One tool call. `title` is its name in words ("Find free slots"); `arguments` and `result` are JSON values. */
export type ToolCall = {
  id: string;
  name: string;
  title: string;
  arguments: unknown;
  result: unknown;
  status: ToolCallStatus;
  offsetMs: number;
  durationMs: number | null;
};

/** A call as a line of a list; everything already put into words by the server. */
export type CallLine = {
  id: string;
  href: string;
  /** ISO instant. */
  startedAt: string;
  status: StatusKind;
  /** The state in a word: "Live", "Completed", "Missed". */
  statusLabel: string;
  /** A name, a formatted number, or "Number withheld". */
  caller: string;
  callerDetail?: string;
  agent: string | null;
  /** What came of it: "Booked Tue 10:30", "Message taken". */
  outcome: string | null;
  outcomeStatus?: StatusKind;
  durationSeconds: number | null;
  cost: { minor: number; currency: string } | null;
  isLive: boolean;
  /** The sentence of the transcript in which the search was found. */
  hit?: { before: string; match: string; after: string };
};
