import { invalid } from "@/lib/platform/errors";
import { isTimeZone } from "./rules/zone";

/** null is allowed: the organisation's zone. */
export function refuseUnknownZone(timeZone: string | null): void {
  if (timeZone !== null && !isTimeZone(timeZone))
    throw invalid([{ path: "timeZone", message: "That is not a time zone. Choose one like Europe/London." }]);
}
