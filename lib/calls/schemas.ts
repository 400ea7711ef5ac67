export type { CallKind, CallOutcome, CallStatus, CostBreakdown, RecordingState, ToolCallStatus } from "@/db/schema";
