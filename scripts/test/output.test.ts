import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { keptOutput } from "./output";
import { runStep } from "./step";

const folder = mkdtempSync(path.join(tmpdir(), "caly-output-"));

test("of steps that run at once each is shown whole, with what it says of its failure and in the order in which it was said", async () => {
  const [first, second] = ["first", "second"].map((name) => keptOutput(path.join(folder, name)));
  if (!first || !second) throw new Error("two outputs");
  const talk = (name: string, code: number) =>
    `const say = (n) => { (n % 2 ? console.error : console.log)("${name}", n); if (n < 4) setTimeout(say, 20, n + 1); else process.exitCode = ${code}; }; say(1);`;
  first.say("── first");
  second.say("── second");
  const codes = await Promise.all([runStep(["-e", talk("one", 0)], first), runStep(["-e", talk("two", 3)], second)]);
  second.say("after it");
  expect(codes).toEqual([0, 3]);
  const shown: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((part) => shown.push(String(part)) > 0);
  first.show();
  second.show();
  write.mockRestore();
  expect(shown).toEqual([
    "── first\none 1\none 2\none 3\none 4\n",
    "── second\ntwo 1\ntwo 2\ntwo 3\ntwo 4\nafter it\n",
  ]);
  rmSync(folder, { recursive: true });
});
