import type { ActionState } from "@/lib/platform/form-state";

/** What the forms that choose a time get back: on a refusal also what is free instead. */
export type BookingState = ActionState & { offers?: { slot: string; label: string }[] };
