import { expect, test } from "vitest";
import { eventKinds } from "@/lib/events/schemas";
import { actionInWords, actorInWords, changesInWords } from "./words";

test("every kind of change reads as words", () => {
  for (const kind of eventKinds) expect(actionInWords(kind)).toMatch(/^[A-Z][a-z -]+$/);
  expect(actionInWords("booking.hold_released")).toBe("Booking hold released");
  expect(actionInWords("organization.updated")).toBe("Organisation updated");
});

test("a change says what was and what is", () => {
  expect(changesInWords({ name: { from: "Ann", to: "Anna" }, timeZone: { from: null, to: "UTC" } }, "UTC")).toBe(
    "name: Ann → Anna · time zone: none → UTC",
  );
  expect(changesInWords({ services: ["Cut", "Colour"], active: false }, "UTC")).toBe(
    "services: Cut, Colour · active: no",
  );
  expect(changesInWords({}, "UTC")).toBe("");
  expect(changesInWords({ until: "2026-12-05T17:52:53.387Z" }, "Asia/Kolkata")).toBe("until: Sat 5 Dec, 23:22");
});

test("whoever is no member is said to be something", () => {
  expect(actorInWords("member", "Ann")).toBe("Ann");
  expect(actorInWords("agent", "Front desk")).toBe("Agent · Front desk");
});
