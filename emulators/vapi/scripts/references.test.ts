import { describe, expect, it } from "vitest";
import { resolveReference, resolveText, resolveValue } from "./references";

const scope = { name: "Maya", find: { say: "Ten.", data: { offers: [{ slot: "s1" }] }, none: "" }, count: 0 };

describe("references", () => {
  it.each([
    ["$find.data.offers[0].slot", "s1"],
    ["$find.data.offers[1].slot", undefined],
    ["$find.offers[0].slot | $find.data.offers[0].slot", "s1"],
    ["$find.none | nothing said", "nothing said"],
    ["$find.say.length", undefined],
    ["$constructor.name", undefined],
    ["$count", 0],
  ])("%s", (expression, value) => {
    expect(resolveReference(expression, scope)).toEqual(value);
  });

  it("fills texts and leaves no gap where a reference leads nowhere", () => {
    expect(resolveText("Hi {{name}}, {{find.say | later}} {{missing}} bye", scope)).toBe("Hi Maya, Ten. bye");
    expect(resolveText("$find.say", scope)).toBe("Ten.");
    expect(resolveText("$missing", scope)).toBe("");
  });

  it("keeps types at any depth and leaves out fields without a value", () => {
    const args = { slot: "$find.data.offers[0].slot", all: ["$find.data", "$missing"], gone: "$missing", urgent: true };
    expect(resolveValue(args, scope)).toEqual({ slot: "s1", all: [{ offers: [{ slot: "s1" }] }], urgent: true });
  });
});
