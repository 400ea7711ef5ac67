import { DrizzleQueryError } from "drizzle-orm/errors";
import { describe, expect, it } from "vitest";
import { createLogger } from "./logger";

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger({ destination: { write: (line: string) => void lines.push(line) } }));
  return lines.join("");
}

describe("the log", () => {
  it("names a failed query and its cause, never its values", () => {
    const cause = new Error("duplicate key value violates unique constraint");
    const line = logged((log) =>
      log.error(
        { err: new DrizzleQueryError("insert into turns values ($1)", ["my private\nwords"], cause) },
        "failed",
      ),
    );
    expect(line).toContain("insert into turns");
    expect(line).toContain("duplicate key");
    expect(line).toContain("logger.test");
    expect(line).not.toMatch(/private|words/);
  });

  it("shortens telephone numbers wherever they stand and hides secrets", () => {
    const line = logged((log) =>
      log.info({ secret: "s3cret", error: "no answer from +12025550123" }, "called +12025550123"),
    );
    expect(line).not.toMatch(/s3cret|2025550123/);
  });
});
