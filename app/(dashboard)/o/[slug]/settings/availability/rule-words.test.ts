import { expect, test } from "vitest";
import { ruleHref, ruleWord } from "./rule-words";

test("what decides about a time leads to where it is changed: for the service, the person and the day asked about", () => {
  const asked = { serviceId: "svc_a", staffId: "stf_a", date: "2026-12-24" };
  const href = (rule: string, about: Partial<typeof asked> = asked) =>
    ruleHref("salon", rule, { ...asked, staffId: undefined, ...about });
  expect(href("too_soon")).toBe("/o/salon/settings/services/svc_a");
  expect(href("staff_limit")).toBe("/o/salon/settings/staff/stf_a");
  expect(href("staff_limit", {})).toBe("/o/salon/settings/services/svc_a");
  expect(href("staff_hours")).toBe("/o/salon/settings/hours?staff=stf_a");
  expect(href("staff_hours", {})).toBe("/o/salon/settings/hours");
  expect(href("closed_date")).toBe("/o/salon/settings/hours?date=2026-12-24");
  expect(href("staff_busy")).toBe("/o/salon/bookings?view=day&date=2026-12-24");
  expect(href("no_resource")).toBe("/o/salon/settings/resources");
  expect(href("in_the_past")).toBeUndefined();
  expect(ruleWord("in_break")).toBe("Break");
  expect(href("in_break")).toBe("/o/salon/settings/hours");
});
