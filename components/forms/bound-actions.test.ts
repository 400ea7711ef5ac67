import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const files = ["app", "components"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".tsx"))
    .map((entry) => path.join(entry.parentPath, entry.name)),
);
const bindsItsAction = (source: string): boolean =>
  source.startsWith('"use client"') && /\buse(ActionState|KeptForm)(<[^(]*>)?\(\s*[\w.]+\.bind\(/.test(source);

it("no component of the browser binds the action of its form: posted without scripts it would never be answered", () => {
  expect(files.length).toBeGreaterThan(50);
  expect(bindsItsAction('"use client";\nuseActionState<A, B>(save.bind(null, slug), idle)')).toBe(true);
  expect(bindsItsAction('"use client";\nuseKeptForm(\n  save.bind(null, slug), idle)')).toBe(true);
  expect(files.filter((file) => bindsItsAction(readFileSync(file, "utf8")))).toEqual([]);
});
