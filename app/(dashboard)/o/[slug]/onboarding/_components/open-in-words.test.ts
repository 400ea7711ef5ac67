import { expect, test } from "vitest";
import { openInWords } from "./open-in-words";

const week = (open: Record<number, [string, string][]>) =>
  [1, 2, 3, 4, 5, 6, 0].map((weekday) => ({
    weekday,
    spans: (open[weekday] ?? []).map(([from, to]) => ({ from, to })),
  }));

test("days with the same hours are said together", () => {
  const nine: [string, string][] = [["09:00", "17:00"]];
  expect(openInWords(week({ 1: nine, 2: nine, 3: nine, 5: nine, 6: [["10:00", "00:00"]] }))).toBe(
    "We are open Monday to Wednesday 09:00 to 17:00, Friday 09:00 to 17:00, Saturday 10:00 to midnight.",
  );
});

test("a break is said, a half-typed span is not", () => {
  expect(
    openInWords(
      week({
        0: [
          ["09:00", "12:00"],
          ["13:00", "17:00"],
        ],
        3: [["09:00", ""]],
      }),
    ),
  ).toBe("We are open Sunday 09:00 to 12:00 and 13:00 to 17:00.");
  expect(openInWords(week({}))).toBe("We have not set our opening hours yet.");
});
