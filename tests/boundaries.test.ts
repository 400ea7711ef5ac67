import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { boundaryProblems } from "@/scripts/checks/boundaries";
import { conventionProblems } from "@/scripts/checks/conventions";
import { documentProblems } from "@/scripts/checks/documents";
import { projectFiles, sourceProblems } from "@/scripts/checks/sources";
import { inProject } from "@/scripts/server/project";

/** One planted violation per line: rule, file, import. */
const PLANTED: [string, string, string][] = [
  ["app", "app/(dashboard)/o/[slug]/calls/page.tsx", "@/lib/calls/list-calls"],
  ["app", "app/(dashboard)/o/[slug]/calls/page.tsx", "@/lib/calls/rules/states"],
  ["app", "app/(dashboard)/o/[slug]/calls/page.tsx", "@/db/client"],
  ["app", "app/api/voice/vapi/route.ts", "@/lib/adapters/vapi/map"],
  ["app", "app/(dashboard)/o/[slug]/calls/page.tsx", "../bookings/_components/day"],
  ["components", "components/calls/row.tsx", "@/lib/calls"],
  ["components", "components/calls/row.tsx", "@/lib/platform/clock"],
  ["components", "components/calls/row.tsx", "../../db/schema"],
  ["wiring", "lib/wiring/app.ts", "@/lib/calls/list-calls"],
  ["wiring", "lib/wiring/app.ts", "@/components/ui/button"],
  ["agent-tools", "lib/agent-tools/take-message.ts", "@/db/tenant"],
  ["agent-tools", "lib/agent-tools/take-message.ts", "@/lib/calls/create-follow-up"],
  ["noun", "lib/calls/list-calls.ts", "@/lib/scheduling/list-bookings"],
  ["noun", "lib/calls/list-calls.ts", "../scheduling/rules/slots"],
  ["noun", "lib/calls/list-calls.ts", "@/lib/adapters/vapi/client"],
  ["noun", "lib/calls/list-calls.ts", "@/app/layout"],
  ["noun", "lib/calls/list-calls.ts", "@/lib/wiring/app"],
  ["rules", "lib/scheduling/rules/slots.ts", "../schemas"],
  ["rules", "lib/scheduling/rules/slots.ts", "@/lib/platform/clock"],
  ["rules", "lib/scheduling/rules/slots.ts", "@/db/schema"],
  ["adapters", "lib/adapters/vapi/client.ts", "@/lib/calls"],
  ["adapters", "lib/adapters/vapi/client.ts", "@/lib/adapters/clerk/session"],
  ["adapters", "lib/adapters/vapi/client.ts", "@/db/tenant"],
  ["platform", "lib/platform/clock.ts", "@/lib/calls/schemas"],
  ["platform", "lib/platform/clock.ts", "@/db/client"],
  ["db", "db/client.ts", "@/lib/platform/env"],
  ["db", "db/client.ts", "../lib/platform/ids"],
  ["emulators", "emulators/vapi/main.ts", "@/lib/platform/ids"],
  ["emulators", "emulators/vapi/main.test.ts", "../../lib/platform/ids"],
  ["entry", "scripts/demo/seed.ts", "@/lib/calls/list-calls"],
  ["entry", "e2e/calls.spec.ts", "@/components/ui/button"],
  ["entry", "instrumentation.ts", "@/lib/adapters/vapi/client"],
  ["vendors", "lib/calls/list-calls.ts", "@vapi-ai/server-sdk"],
  ["vendors", "lib/identity/viewer.ts", "better-auth"],
  ["vendors", "app/page.tsx", "@clerk/nextjs"],
  ["vendors", "lib/platform/kv/index.ts", "@upstash/redis"],
  ["vendors", "lib/calls/list-calls.ts", "pg"],
  ["database", "app/page.tsx", "drizzle-orm"],
  ["database", "lib/calls/rules/states.ts", "drizzle-orm"],
];

const FORMS = [
  (specifier: string) => `import { x } from "${specifier}";`,
  (specifier: string) => `import {\n  x,\n  type Y as Z,\n} from "${specifier}";`,
  (specifier: string) => `export * from "${specifier}";`,
  (specifier: string) => `import "${specifier}";`,
  (specifier: string) => `const x = await import("${specifier}");`,
];

describe("a planted violation of each import rule is found", () => {
  test.each(PLANTED)("%s: %s may not import %s", (rule, file, specifier) => {
    for (const form of FORMS) {
      const problems = boundaryProblems(file, `"use client";\n${form(specifier)}\n`);
      expect(problems.map((problem) => problem.rule)).toEqual([rule]);
    }
  });

  test("what the table allows is let through", () => {
    const allowed: [string, string][] = [
      ["app/(dashboard)/o/[slug]/calls/page.tsx", "@/lib/calls"],
      ["app/(dashboard)/o/[slug]/calls/page.tsx", "./_components/filters"],
      ["app/(dashboard)/o/[slug]/calls/[id]/page.tsx", "../_components/filters"],
      ["components/calls/row.tsx", "@/lib/calls/schemas"],
      ["lib/calls/list-calls.ts", "@/lib/scheduling"],
      ["lib/calls/list-calls.ts", "@/lib/organizations/authorise"],
      ["lib/calls/list-calls.ts", "./rules/states"],
      ["lib/scheduling/rules/slots.ts", "./hours"],
      ["lib/scheduling/rules/slots.ts", "@/lib/platform/result"],
      ["lib/adapters/vapi/client.ts", "@/lib/calls/ports"],
      ["lib/adapters/vapi/client.ts", "@vapi-ai/server-sdk"],
      ["lib/wiring/app.ts", "@/lib/adapters/vapi/client"],
      ["emulators/vapi/main.ts", "@vapi-ai/server-sdk"],
    ];
    for (const [file, specifier] of allowed)
      expect(boundaryProblems(file, `import { x } from "${specifier}";`), `${file} → ${specifier}`).toEqual([]);
    expect(boundaryProblems("lib/platform/context.ts", 'import type { Database } from "@/db/client";')).toEqual([]);
  });

  test("a circle of modules is found by oxlint", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "caly-cycle-"));
    try {
      mkdirSync(path.join(folder, "lib"));
      writeFileSync(path.join(folder, "lib/a.ts"), 'import { b } from "./b";\nexport const a = () => b;\n');
      writeFileSync(path.join(folder, "lib/b.ts"), 'import { a } from "./a";\nexport const b = () => a;\n');
      const { code, output } = await oxlint(folder);
      expect(output).toMatch(/no-cycle/);
      expect(code).not.toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("a planted breach of each convention is found", () => {
  test.each([
    ["environment", "lib/calls/x.ts", "const url = process.env.DATABASE_URL;"],
    ["environment", "app/page.tsx", "const { PORT } = process.env;"],
    ["types", "lib/calls/x.ts", `// @ts-${"ignore"}\nconst x = 1;`],
    ["money", "db/schema/calls.ts", 'cost: numeric("cost"),'],
    ["money", "lib/calls/schemas.ts", "export const line = z.object({ price: z.number() });"],
    ["whole-money", "lib/calls/x.ts", "const dueCents = priceCents * 1.19;"],
    ["whole-money", "app/page.tsx", "const dollars = costMicros / 1_000_000;"],
    ["whole-money", "components/ui/x.tsx", "const shown = feeCents.toFixed(2);"],
    ["whole-money", "lib/ledger/x.ts", "export type Line = { amount: bigint; taxMinor: number };"],
    ["whole-money", "lib/billing/rules/x.ts", "const perMinute = 0.25;"],
    ["whole-money", "lib/billing/x.ts", "const total = Number(row.amount);"],
    ["whole-money", "lib/plans/x.ts", "const cap = parseFloat(text);"],
    ["names", "lib/calls/utils.ts", "export {};"],
    ["loose-files", "lib/dates.ts", "export {};"],
    ["doors", "lib/calls/index.ts", 'export { listCalls } from "./list-calls";'],
  ])("%s in %s", (rule, file, source) => {
    expect(conventionProblems(file, source).map((problem) => problem.rule)).toEqual([rule]);
  });

  test("a document that cites a path which does not exist", () => {
    const exists = (file: string) => file === "lib/calls/index.ts";
    expect(documentProblems("docs/x.md", "See `lib/calls/index.ts` and `lib/<noun>/index.ts`.", exists)).toEqual([]);
    expect(documentProblems("docs/x.md", "See `lib/calls/gone.ts`.", exists)).toHaveLength(1);
    expect(documentProblems("docs/x.md", "See [it](../lib/calls/gone.ts).", exists)).toHaveLength(1);
  });
});

test("the project itself keeps every rule", () => {
  expect(projectFiles().length).toBeGreaterThan(100);
  expect(sourceProblems()).toEqual([]);
});

function oxlint(folder: string): Promise<{ code: number; output: string }> {
  const args = ["--config", inProject(".oxlintrc.json"), "--deny-warnings", folder];
  return new Promise((resolve) => {
    execFile(inProject("node_modules/.bin/oxlint"), args, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr });
    });
  });
}
