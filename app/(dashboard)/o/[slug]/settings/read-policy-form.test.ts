import { expect, it } from "vitest";
import { readPolicyForm, toWindowValues } from "./read-policy-form";

function form(values: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
}

it("a policy reads back as it was typed; empty rows are none", () => {
  const typed = {
    ...{ "within-0": "2", "unit-0": "1440", "what-0": "fixed", "amount-0": "5.50" },
    ...{ "within-1": "24", "unit-1": "60", "what-1": "percent", "amount-1": "50 %" },
    ...{ "within-2": "", "unit-2": "60", "what-2": "refused" },
    coversMoves: "on",
  };
  const read = readPolicyForm(form(typed), "USD");
  expect(read).toEqual({
    coversMoves: true,
    windows: [
      { withinMinutes: 2880, fee: { kind: "fixed", cents: 550 }, isRefused: false },
      { withinMinutes: 1440, fee: { kind: "percent", percent: 50 }, isRefused: false },
    ],
  });
  expect(toWindowValues(read.windows, "USD")).toEqual([
    { within: "2", unit: "1440", what: "fixed", amount: "5.50" },
    { within: "24", unit: "60", what: "percent", amount: "50" },
  ]);
});

it("says which field cannot be read", () => {
  const wrong = { "within-0": "1.5", "unit-0": "1", "what-0": "percent", "amount-0": "half" };
  const paths = () => {
    try {
      readPolicyForm(form(wrong), "USD");
    } catch (error) {
      return (error as { options: { fields: { path: string }[] } }).options.fields.map((field) => field.path);
    }
    return [];
  };
  expect(paths()).toEqual(["within-0", "amount-0"]);
});
