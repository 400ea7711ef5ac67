import { describe, expect, it } from "vitest";
import { containing, readSearchTerm } from "./search-term";

describe("readSearchTerm", () => {
  it.each([
    ["0143", { kind: "phone", digits: "143" }],
    ["+1 (202) 555-0143", { kind: "phone", digits: "12025550143" }],
    ["07700 900", { kind: "phone", digits: "7700900" }],
    ["12", { kind: "name", fragment: "12" }],
    ["Anna 7", { kind: "name", fragment: "Anna 7" }],
    ["  ", undefined],
  ])("%s", (q, expected) => {
    expect(readSearchTerm(q)).toEqual(expected);
  });

  it("takes the wildcards of LIKE literally", () => {
    expect(containing("50%_a\\b")).toBe("%50\\%\\_a\\\\b%");
  });
});
