import { describe, expect, it } from "vitest";
import { csvRecord } from "./csv";

describe("csvRecord", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+12025550143", "'+12025550143"],
    ["-2", "'-2"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tcmd", "'\tcmd"],
    ["\rcmd", '"\'\rcmd"'],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ["plain", "plain"],
    ["a,b", '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ["two\nlines", '"two\nlines"'],
    ["3=3", "3=3"],
  ])("guards and quotes %j", (cell, expected) => {
    expect(csvRecord([cell])).toBe(`${expected}\r\n`);
  });

  it("joins cells, leaves the absent empty and numbers as they are", () => {
    expect(csvRecord(["a", null, undefined, -3, 0, { figure: "-0.50" }])).toBe("a,,,-3,0,-0.50\r\n");
  });
});
