import { describe, expect, it } from "vitest";
import { serviceInput } from "@/lib/scheduling/schemas";
import { readServiceForm } from "./read-service-form";

const formOf = (values: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
};

const usual = {
  name: "Haircut",
  durationMinutes: "45",
  horizonDays: "60",
  slotGridMinutes: "15",
  minNoticeMinutes: "60",
};

describe("the form of a service", () => {
  it("reads words and a price as they are typed", () => {
    const read = readServiceForm(formOf({ ...usual, aliases: "cut, trim;\n hair cut ,", priceCents: "£35.50" }), "GBP");
    expect(serviceInput.parse(read)).toMatchObject({
      aliases: ["cut", "trim", "hair cut"],
      priceCents: 3550,
      durationMinutes: 45,
      bufferAfterMinutes: 0,
    });
  });

  it("keeps a price that was left open apart from one that is nothing", () => {
    expect(readServiceForm(formOf({ ...usual, priceCents: "" }), "GBP").priceCents).toBeNull();
    expect(readServiceForm(formOf({ ...usual, priceCents: "0" }), "GBP").priceCents).toBe(0);
  });

  it("reads a limit that is left open as none", () => {
    const read = (values: Record<string, string>) =>
      serviceInput.parse(readServiceForm(formOf({ ...usual, ...values }), "GBP"));
    expect(read({ seats: "8", maxPerDay: "3", maxPerWeek: "" })).toMatchObject({
      seats: 8,
      maxPerDay: 3,
      maxPerWeek: null,
    });
    expect(read({ staffNeeded: "0" })).toMatchObject({ seats: 1, staffNeeded: 0, maxPerDay: null });
  });

  it("names the field of a price it cannot read", () => {
    expect(() => readServiceForm(formOf({ ...usual, priceCents: "cheap" }), "GBP")).toThrow(
      expect.objectContaining({ options: { fields: [expect.objectContaining({ path: "priceCents" })] } }),
    );
  });
});
