import { afterEach, beforeEach, expect, test } from "vitest";
import { isStillAway, noteOutage, outagePage, probeOutageWith } from "./outage";

// Whoever was in this process before may have met an error that looked like an outage.
const forget = () => {
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for("caly.outage")];
};
beforeEach(forget);
afterEach(forget);

const refused = () => Promise.reject(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));

test("nobody asks the database until an error said that it is out of reach", async () => {
  let asked = 0;
  probeOutageWith(async () => void asked++);
  noteOutage(new Error("a mistake of ours"));
  expect([await isStillAway(), asked]).toEqual([false, 0]);
  noteOutage(new Error("read", { cause: Object.assign(new Error("gone"), { code: "57P01" }) }));
  expect([await isStillAway(), asked, await isStillAway(), asked]).toEqual([false, 1, false, 1]);
});

test("while it is away, or does not answer, visitors are told; however many come, it is asked once", async () => {
  let asked = 0;
  probeOutageWith(() => {
    asked++;
    return refused();
  });
  await refused().catch(noteOutage);
  expect(await Promise.all(Array.from({ length: 20 }, isStillAway))).toEqual(Array.from({ length: 20 }, () => true));
  expect(asked).toBe(1);
  probeOutageWith(() => new Promise(() => {}));
  await new Promise((resolve) => setTimeout(resolve, 1_010));
  expect(await isStillAway()).toBe(true);
});

test("the page needs no scripts and lets nothing in but its style", async () => {
  const page = outagePage({ nonce: "bm9uY2U=", requestId: "req_1" });
  const text = await page.text();
  expect([page.status, page.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'; style-src 'nonce-bm9uY2U='");
  expect(text).toContain('lang="en"');
  expect(text).toContain("Try again");
  expect(text).not.toContain("<script");
});
