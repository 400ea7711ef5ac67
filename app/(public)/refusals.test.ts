import { expect, test } from "vitest";
import { isRefusal } from "./refusals";

test("what stands in an address is a refusal only where there is a sentence for it", () => {
  expect(["too_many", "slot_taken", "constructor", "__proto__", "", undefined].map(isRefusal)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
