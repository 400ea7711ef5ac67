import { describe, expect, it } from "vitest";
import { inBrief, lines, saidBy } from "./tool-call-words";

describe("a tool call in words", () => {
  it("is summed up by its plain arguments", () => {
    expect(inBrief({ service: "Haircut", day: "tomorrow", seats: 2, options: { a: 1 } })).toBe(
      "Haircut · tomorrow · 2",
    );
  });

  it("does not read out what a tool hands out for itself", () => {
    expect(inBrief({ slot_id: "slot_zg0cavqr869h4eqg80wh53mtssw2vq7", name: "Ann" })).toBe("Ann");
  });

  it("quotes what the agent was given to say, from an object or from one line of JSON", () => {
    expect(saidBy({ say: "10:30 has just gone", data: {} })).toBe("10:30 has just gone");
    expect(saidBy('{"say":"Booked","data":{"id":"bkg_1"}}')).toBe("Booked");
    expect(saidBy("{broken")).toBeUndefined();
  });

  it("lists values by name and keeps what is nested", () => {
    expect(lines({ ok: true, data: { id: "bkg_1" } })).toEqual([
      ["ok", "true"],
      ["data", '{\n "id": "bkg_1"\n}'],
    ]);
    expect(lines(null)).toEqual([]);
    expect(lines("timeout")).toEqual([["value", "timeout"]]);
  });
});
