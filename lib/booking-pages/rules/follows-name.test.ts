import { expect, test } from "vitest";
import { followsName } from "./follows-name";

test.each([
  ["haircut", "haircut", true],
  ["haircut-2", "haircut", true],
  ["haircut-4f09ac", "haircut", true],
  ["haircut-long", "haircut", false],
  ["haircut-and-wash", "haircut", false],
  ["trim", "haircut", false],
  ["haircuts", "haircut", false],
])("the address %s still says %s: %s", (slug, base, expected) => {
  expect(followsName(slug, base)).toBe(expected);
});
