import { expect, it } from "vitest";
import { readJoinForm } from "./read-join-form";

const formOf = (values: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
};

it("what is left empty is no limit", () => {
  expect(readJoinForm(formOf({ serviceId: "svc_1", name: " Mary ", fromMinute: "12:30", priority: "2" }))).toEqual({
    ...{ serviceId: "svc_1", staffId: undefined, name: "Mary", phone: undefined, email: undefined, notes: "" },
    ...{ fromOn: undefined, toOn: undefined, fromMinute: 750, toMinute: 1440, priority: 2 },
  });
});

it("names what cannot be read", () => {
  expect(() => readJoinForm(formOf({ serviceId: "svc_1", name: "Mary", toMinute: "late", priority: "high" }))).toThrow(
    expect.objectContaining({
      options: { fields: ["toMinute", "priority"].map((path) => expect.objectContaining({ path })) },
    }),
  );
});
