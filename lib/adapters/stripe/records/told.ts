/** Stripe tells instants in seconds. */
export const instantOf = (seconds: number): Date => new Date(seconds * 1000);
export const instantOrNull = (seconds: number | null | undefined): Date | null =>
  seconds == null ? null : instantOf(seconds);

/** The id of what is told as an id or, where it was asked for, whole. */
export const refOf = (told: string | { id: string } | null | undefined): string | null =>
  typeof told === "string" ? told : (told?.id ?? null);
