import { describe, expect, it } from "vitest";
import { evaluate as duckling } from "./duckling";
import { evaluate as recognizers } from "./recognizers-datetime";
import { evaluate as sgd } from "./sgd-dates";

const file = "rows.jsonl";

describe("a set is scored by what its rows call right", () => {
  it("sgd-dates: the one value, and nothing else", async () => {
    const row = (surface: string, gold: string) => ({
      id: surface,
      kind: "date",
      surface,
      reference_date: "2019-03-01",
      gold,
    });
    const score = await sgd(
      [row("the 10th", "2019-03-10"), row("the 10th", "2019-04-10"), row("some day", "2019-03-10")],
      {
        file,
      },
    );
    expect(score).toMatchObject({ n: 3, correct: 1, covered: 2 / 3 });
    expect(score.misses).toEqual([
      { id: "the 10th", expected: "2019-04-10", got: "2019-03-10" },
      { id: "some day", expected: "2019-03-10", got: undefined },
    ]);
  });

  it("recognizers-datetime: one value exactly, nothing in a negative, contested rows apart", async () => {
    const row = (input: string, forward_values: unknown, results: unknown[] = [{}]) => ({
      id: input,
      kind: "model",
      file: "DateTimeModel",
      input,
      reference: "2016-11-07T00:00:00",
      results,
      ...(forward_values ? { forward_values } : {}),
    });
    const rows = [
      row("tomorrow", ["2016-11-08"]),
      row("at 7", ["07:00:00"]),
      row("at 8", ["08:00:00", "20:00:00"]),
      row("ten stars", undefined, []),
      row("on Friday", undefined, []),
      row("not derived", undefined),
    ];
    const score = await recognizers(rows, { file });
    expect(score).toMatchObject({ n: 4, correct: 2 });
    expect(score.notes).toEqual(["contested rows: 1, answered with several of their values: 1"]);
  });

  it("recognizers-datetime: a file's mode decides what a period is", async () => {
    const row = (file: string, input: string, forward_values: unknown) => ({
      id: input,
      kind: "model",
      file,
      input,
      reference: "2016-11-07T00:00:00",
      results: forward_values ? [{}] : [],
      ...(forward_values ? { forward_values } : {}),
    });
    const rows = [
      row("DateTimeModelTasksMode", "see me next month", ["2016-12-01"]),
      row("DateTimeModelTasksMode", "run every friday", ["XXXX-WXX-5P1W"]),
      row("DateTimeModelTasksMode", "sales of this quarter", undefined),
      row("DateTimeModel", "see me next month", [["2016-12-01", "2017-01-01"]]),
      row("DateTimeModelExperimentalMode", "from May to June 2017", [["2017-05-01", "2017-07-01"]]),
    ];
    expect(await recognizers(rows, { file })).toMatchObject({ n: 5, correct: 5 });
  });

  it("duckling: down to the grain, latent rows and other dimensions apart", async () => {
    const row = (input: string, expected: unknown, more: object = {}) => ({
      id: input,
      dim: "time",
      locale: "EN",
      latent: false,
      input,
      reference: "2013-02-12T04:30:00-02:00",
      expected,
      ...more,
    });
    const rows = [
      row("tomorrow", { type: "instant", grain: "day", value: "2013-02-13T00:00:00" }),
      row("next month", { type: "instant", grain: "day", value: "2013-03-01T00:00:00" }),
      row("one adult", null),
      row("5", { type: "instant", grain: "hour", value: "2013-02-12T05:00:00" }, { latent: true }),
      row("5 dollars", { raw: "5" }, { dim: "money" }),
    ];
    const score = await duckling(rows, { file });
    expect(score).toMatchObject({ n: 3, correct: 2 });
    expect(score.notes).toEqual(["latent rows: 1, right: 1; rows of other dimensions, not read: 1"]);
  });
});
