import { formatMinuteOfDay } from "@/components/ui/duration-format";
import type { WaitlistEntry } from "@/lib/waitlist/schemas";
import { fullDay } from "../../calendar-data";

/** What somebody waits for, in words: "Haircut with Anna, from Tuesday, 24 November 2026, after 12:00". */
export function wanted(entry: WaitlistEntry): string {
  const { serviceName, staffName, fromOn, toOn, fromMinute, toMinute } = entry;
  return [
    staffName ? `${serviceName} with ${staffName}` : serviceName,
    fromOn && fromOn === toOn ? `on ${fullDay(fromOn)}` : "",
    fromOn && fromOn !== toOn ? `from ${fullDay(fromOn)}` : "",
    toOn && fromOn !== toOn ? `until ${fullDay(toOn)}` : "",
    fromMinute > 0 ? `not before ${formatMinuteOfDay(fromMinute)}` : "",
    toMinute < 1440 ? `begins before ${formatMinuteOfDay(toMinute)}` : "",
  ]
    .filter(Boolean)
    .join(", ");
}
