import { expect, test, vi } from "vitest";
import { AppError, notFound } from "./errors";
import { MailError } from "./mail";

test("an error of this module's other instances is one as well, and nothing else is", async () => {
  vi.resetModules();
  const other = await import("./errors");
  const otherMail = await import("./mail");
  expect(other.AppError).not.toBe(AppError);
  for (const error of [other.notFound(), notFound(), new otherMail.MailError(false, "Not sent.", undefined)])
    expect(error instanceof AppError).toBe(true);
  for (const value of [new Error("x"), null, undefined, "AppError", { name: "AppError" }])
    expect(value instanceof AppError).toBe(false);
  expect(notFound() instanceof MailError).toBe(false);
  expect(new otherMail.MailError(true, "Not sent.", undefined) instanceof MailError).toBe(true);
});
