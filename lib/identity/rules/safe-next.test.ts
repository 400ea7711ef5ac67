import { expect, test } from "vitest";
import { safeNext } from "./safe-next";

test.each([
  ["/o/acme", "/o/acme"],
  ["/o/acme/calls?q=a%20b#top", "/o/acme/calls?q=a%20b#top"],
  ["/invite/abc", "/invite/abc"],
])("%s is one of our pages", (given, path) => {
  expect(safeNext(given)).toBe(path);
});

test.each([
  undefined,
  "",
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "/\t/evil.example",
  "/..//evil.example",
  "o/acme",
  "/sign-in?next=/sign-in",
  "/api/auth/sign-out",
  `/${"x".repeat(600)}`,
])("%j leads to the organisations instead", (given) => {
  expect(safeNext(given)).toBe("/o");
});
