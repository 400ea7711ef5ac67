import { describe, expect, it } from "vitest";
import { formatDuration, formatMinuteOfDay, spokenDuration } from "./duration-format";

describe("durations", () => {
  it.each([
    [0, "0:00", "0 s"],
    [59.9, "0:59", "59 s"],
    [84, "1:24", "1 min 24 s"],
    [3729, "1:02:09", "1 h 2 min 9 s"],
    [-3, "0:00", "0 s"],
  ])("shows %s seconds as %s and says %s", (seconds, shown, said) => {
    expect(formatDuration(seconds)).toBe(shown);
    expect(spokenDuration(seconds)).toBe(said);
  });

  it("shows the minutes of a day as a clock, the end of the day as midnight", () => {
    expect(formatMinuteOfDay(545)).toBe("09:05");
    expect(formatMinuteOfDay(1440)).toBe("00:00");
  });
});
