import { describe, expect, it } from "vitest";
import { hitStart as a, searchHit, hitStop as z } from "./search-hit";

describe("searchHit", () => {
  it("gives the first hit in its own line", () => {
    const text = `Agent: Good morning.\nCaller: A ${a}haircut${z} and another ${a}haircut${z} please.\nAgent: Yes.`;
    expect(searchHit(text)).toEqual({ before: "Caller: A ", match: "haircut", after: " and another haircut please." });
  });

  it("cuts long sentences at words on both sides", () => {
    const hit = searchHit(`${"before ".repeat(40)}${a}word${z}${" after".repeat(40)}`);
    expect(hit?.match).toBe("word");
    expect(hit?.before).toMatch(/^…before .*before $/);
    expect(hit?.after).toMatch(/^ after.* after…$/);
    expect((hit?.before.length ?? 0) + (hit?.after.length ?? 0)).toBeLessThan(190);
  });

  it("says nothing when nothing is marked", () => {
    expect(searchHit("nothing here")).toBeUndefined();
    expect(searchHit("")).toBeUndefined();
  });
});
