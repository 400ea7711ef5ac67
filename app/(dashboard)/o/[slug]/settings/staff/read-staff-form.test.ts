import { expect, it } from "vitest";
import { readStaffForm } from "./read-staff-form";

it("takes the ticked services and leaves what is empty open", () => {
  const form = new FormData();
  form.set("name", " Anna ");
  form.set("email", "");
  form.set("timeZone", "");
  form.set("service:svc_1", "on");
  form.set("service:svc_2", "on");
  form.set("length:svc_2", "50");
  form.set("share:svc_2", "0");
  form.set("length:svc_3", "90");
  form.set("maxPerDay", "6");
  form.set("maxPerWeek", "");
  expect(readStaffForm(form)).toEqual({
    name: "Anna",
    email: null,
    timeZone: null,
    locationId: null,
    maxPerDay: "6",
    maxPerWeek: null,
    serviceIds: ["svc_1", "svc_2"],
    terms: [
      { serviceId: "svc_1", durationMinutes: null, weight: 1 },
      { serviceId: "svc_2", durationMinutes: "50", weight: "0" },
    ],
  });
});
