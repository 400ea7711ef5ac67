import { sha256Hex } from "@/lib/platform/crypto";

/**
 * The key of `CalendarEvent`: the same for every try, legal as an event id at Google ([a-v0-9], 5–1024) and as a file's name. Each person of
 * a team has an event of their own, whatever calendars they share.
 */
export const eventKeyOf = (orgId: string, bookingId: string, staffId: string): string =>
  sha256Hex(`${orgId}:${bookingId}:${staffId}`);
