import { expect, it } from "vitest";
import { readStaffForm } from "./read-staff-form";

it("takes the ticked services and leaves what is empty open", () => {
  const form = new FormData();
  form.set("name", " Anna ");
  form.set("email", "");
  form.set("timeZone", "");
  form.set("service:svc_1", "on");
  form.set("service:svc_2", "on");
  form.set("maxPerDay", "6");
  form.set("maxPerWeek", "");
  expect(readStaffForm(form)).toEqual({
    name: "Anna",
    email: null,
    timeZone: null,
    maxPerDay: "6",
    maxPerWeek: null,
    serviceIds: ["svc_1", "svc_2"],
  });
});
