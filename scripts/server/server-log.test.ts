import { expect, test } from "vitest";
import { errorIn } from "./server-log";

test("errors of the server reach the console in one line, everything else stays in the file", () => {
  expect(errorIn('{"level":"error","msg":"job failed","err":{"message":"no disk"}}')).toBe(
    "error: job failed: no disk (.data/logs/server.log)",
  );
  expect(errorIn('{"level":60,"msg":"gone"}')).toBe("error: gone (.data/logs/server.log)");
  for (const line of ['{"level":"warn","msg":"slow"}', '{"level":30,"msg":"ready"}', "✓ Ready in 128ms", "{broken"])
    expect(errorIn(line)).toBeUndefined();
});
