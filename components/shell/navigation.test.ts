import { describe, expect, it } from "vitest";
import { isCurrentPage, organisationNav } from "./navigation";

const items = organisationNav("acme", { live: 2, attention: 1 });

describe("the sidebar", () => {
  it("lights the page one is on, also deep inside it, and no page that only begins alike", () => {
    expect(isCurrentPage("/o/acme/settings", "/o/acme/settings", false)).toBe(true);
    expect(isCurrentPage("/o/acme/settings", "/o/acme/settings/hours", false)).toBe(true);
    expect(isCurrentPage("/o/acme/call", "/o/acme/calls", false)).toBe(false);
  });

  it("lights the overview only on the overview", () => {
    expect(isCurrentPage("/o/acme", "/o/acme", true)).toBe(true);
    expect(isCurrentPage("/o/acme", "/o/acme/calls", true)).toBe(false);
  });

  it("has five places in the phone's bar and carries the counts", () => {
    expect(items.filter((item) => item.inBar)).toHaveLength(5);
    expect(items.find((item) => item.label === "Calls")?.live).toBe(2);
  });
});
