import { describe, expect, it } from "vitest";
import { answerProblem, readResults } from "./tool-result";

const answer = (...results: object[]) => JSON.stringify({ results });
const line = JSON.stringify({ say: "Ten.", data: { offers: [] } });

describe("reading the answer to tool calls", () => {
  it("takes JSON, a plain sentence, an error and a spoken message", () => {
    const body = answer(
      { toolCallId: "a", name: "x", result: line },
      { toolCallId: "b", name: "x", result: "Free at ten" },
      { toolCallId: "c", name: "x", error: "Out of order" },
      { toolCallId: "d", name: "x", result: line, message: { type: "request-complete", content: "All set." } },
    );
    const results = readResults(200, body, ["a", "b", "c", "d"]);
    expect(results.get("a")).toMatchObject({ value: { say: "Ten." }, isRefused: false });
    expect(results.get("b")?.value).toEqual({ say: "Free at ten" });
    expect(results.get("c")).toMatchObject({ value: { error: "Out of order" }, isRefused: true });
    expect(results.get("d")?.value.say).toBe("All set.");
  });

  it("counts a result with offers as a refusal", () => {
    const body = answer({
      toolCallId: "a",
      name: "x",
      result: JSON.stringify({ say: "Gone.", offers: [{ slot: "s" }] }),
    });
    expect(readResults(200, body, ["a"]).get("a")?.isRefused).toBe(true);
  });

  it.each([
    ["another status than 200", 201, answer({ toolCallId: "a", name: "x", result: line })],
    ["another id", 200, answer({ toolCallId: "z", name: "x", result: line })],
    ["a result that is no string", 200, answer({ toolCallId: "a", name: "x", result: { say: "Ten." } })],
    ["a line break", 200, answer({ toolCallId: "a", name: "x", result: "one\ntwo" })],
    ["no JSON", 200, "<html>"],
    ["no results", 200, "{}"],
  ])("reads %s as no result", (_, status, body) => {
    expect(readResults(status, body, ["a"]).get("a")?.line).toBe("No result returned.");
  });

  it.each([
    [answer({ toolCallId: "a", name: "x", result: "ok" }), undefined],
    [answer({ toolCallId: "a", result: "ok" }), "result 0 has no name"],
    [answer({ toolCallId: "a", name: "x", result: "o\nk" }), "result 0 holds a line break"],
    [answer({ toolCallId: "a", name: "x", result: 7 }), "result 0 is not a string"],
    [answer({ toolCallId: "b", name: "x", result: "ok" }), "result 0 has toolCallId b, expected a"],
    ["{}", "0 results for 1 tool calls"],
  ])("says what is wrong with %s", (body, problem) => {
    expect(answerProblem(body, ["a"])).toBe(problem);
  });
});
