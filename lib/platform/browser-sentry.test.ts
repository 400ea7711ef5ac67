import type { ErrorEvent } from "@sentry/nextjs";
import { expect, test } from "vitest";
import { startBrowserSentry, withoutPersonalData } from "./browser-sentry";

test("a page that names no DSN loads nothing", async () => {
  expect(await startBrowserSentry({ querySelector: () => null })).toBe(false);
});

test("what a page reports carries no query, no headers and no telephone number", () => {
  const event: ErrorEvent = {
    type: undefined,
    message: "Could not ring +1 202 555 0123",
    request: { url: "https://caly.test/o/acme/search?q=Ana#top", headers: { Referer: "https://caly.test/?q=Ana" } },
    exception: { values: [{ type: "Error", value: "No contact with +12025550123" }] },
  };
  const sent = JSON.stringify(withoutPersonalData(event));
  expect(sent).toContain("https://caly.test/o/acme/search");
  expect(sent).not.toMatch(/Ana|555/);
});

test("what the page behind a link reports does not carry the link", () => {
  const token = "q3Jx-_9".repeat(6);
  const url = `https://caly.test/manage/${token}/move`;
  const stacktrace = { frames: [{ filename: url, lineno: 1 }] };
  const event: ErrorEvent = {
    type: undefined,
    transaction: `/manage/${token}`,
    request: { url },
    exception: { values: [{ type: "Error", value: `at ${url}`, stacktrace }] },
  };
  const sent = JSON.stringify(withoutPersonalData(event));
  expect(sent).toContain("/manage/[token]/move");
  expect(sent).not.toContain(token);
});
