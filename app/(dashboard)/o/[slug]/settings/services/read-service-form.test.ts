import { describe, expect, it } from "vitest";
import { serviceInput } from "@/lib/scheduling/schemas";
import { readServiceForm, readServiceStaffForm } from "./read-service-form";

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

  it("reads what it needs as lists without gaps, where it is offered, and who does it on which terms", () => {
    const ticks = { "pool:2:res_c": "on", "pool:0:res_a": "on", "pool:0:res_b": "on", "place:loc_a": "on" };
    const read = readServiceForm(formOf({ ...usual, ...ticks }), "GBP");
    expect([read.pools, read.locationIds]).toEqual([[["res_a", "res_b"], ["res_c"]], ["loc_a"]]);
    expect(readServiceForm(formOf(usual), "GBP")).toMatchObject({ pools: [], locationIds: [] });
    const people = { "person:stf_a": "on", "length:stf_a": "50", "share:stf_a": "", "length:stf_b": "9" };
    expect(readServiceStaffForm(formOf(people))).toEqual([{ staffId: "stf_a", durationMinutes: "50", weight: 1 }]);
  });

  it("names the field of a price it cannot read", () => {
    expect(() => readServiceForm(formOf({ ...usual, priceCents: "cheap" }), "GBP")).toThrow(
      expect.objectContaining({ options: { fields: [expect.objectContaining({ path: "priceCents" })] } }),
    );
  });
});
