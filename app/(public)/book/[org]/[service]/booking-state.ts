import type { ActionState } from "@/lib/platform/form-state";

/** What the visitor's form gets back: on a refusal also what is free instead. */
export type VisitorState = ActionState & {
  offers?: { slot: string; startMs: number; staff: string; location?: string | undefined }[];
};
