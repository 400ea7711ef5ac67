import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { createLogger } from "./logger";
import { redactTokens } from "./redact-tokens";

const token = "q3Jx-_9".repeat(6);

test.each([
  [`/manage/${token}`, "/manage/[token]"],
  [`/offer/${token}/decline`, "/offer/[token]/decline"],
  [`https://x.example/manage/${token}/move?date=2026-11-24`, "https://x.example/manage/[token]/move?date=2026-11-24"],
  [`GET /invite/${token} failed`, "GET /invite/[token] failed"],
  ["/o/acme/settings/booking-page", "/o/acme/settings/booking-page"],
])("%s is written as %s", (text, expected) => {
  expect(redactTokens(text)).toBe(expected);
});

test("no line of the log carries a link's token, in a message, an error, its stack or its cause", () => {
  let written = "";
  const destination = new Writable({
    write(chunk, _, done) {
      written += chunk;
      done();
    },
  });
  const log = createLogger({ destination });
  log.info(`answered /manage/${token}`);
  log.error({ err: new Error(`at /manage/${token}/move`, { cause: new Error(`/manage/${token}`) }) }, "failed");
  log.warn({ path: `/manage/${token}` }, "a path");
  expect(written.match(/\[token\]/g)?.length).toBeGreaterThanOrEqual(5);
  expect(written).not.toContain(token);
});
