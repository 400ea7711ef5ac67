import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Reporter, TestCase, TestModule } from "vitest/node";
import { inProject } from "../server/project";
import { emptyTally, firstLine } from "./tally";

const REASON = /^skipped: (.+)$/m;

/** Writes the tally of a run to the file named by CALY_TALLY. A skip gives its reason as a note or by printing `skipped: …`. */
export default class TallyReporter implements Reporter {
  private readonly reasons = new Map<string, string>();

  onUserConsoleLog(log: { content: string; taskId?: string }): void {
    const reason = REASON.exec(log.content)?.[1];
    if (reason && log.taskId) this.reasons.set(log.taskId, reason);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tally = emptyTally();
    tally.failed += unhandled.length;
    for (const module of modules) {
      if (module.state() === "failed" && [...module.children.allTests()].every((t) => t.result().state !== "failed")) {
        tally.failed++;
        tally.failures.push({ name: "the file", file: fileOf(module), reason: firstLine(module.errors()[0]?.message) });
      }
      for (const one of module.children.allTests()) this.count(one, module, tally);
    }
    const file = process.env.CALY_TALLY;
    if (file) writeFileSync(file, JSON.stringify(tally));
  }

  private count(one: TestCase, module: TestModule, tally: ReturnType<typeof emptyTally>): void {
    const result = one.result();
    if (result.state === "passed") tally.passed++;
    else if (result.state === "failed") {
      tally.failed++;
      const reason = firstLine(result.errors?.[0]?.message);
      tally.failures.push({ name: one.fullName, file: fileOf(module), reason });
    } else {
      const note = result.state === "skipped" ? result.note : undefined;
      const reason = note ?? this.reasons.get(module.id) ?? "no reason given";
      tally.skipped.push({ name: one.fullName, reason });
    }
  }
}

const fileOf = (module: TestModule) => path.relative(inProject("."), module.moduleId);
