import type { Problem } from "./boundaries";

const ROOTS = "app|components|lib|db|emulators|e2e|bench|scripts|tests|docs|\\.ci|\\.github|public";
const CITED = new RegExp(
  `(?:\`|\\]\\()((?:\\.\\/|\\.\\.\\/)*(?:(?:${ROOTS})\\/[^\\s\`)#]*|[\\w.-]+\\.(?:ts|mjs|json|md|yml)))`,
  "g",
);

/** Paths a document cites that do not exist. `<placeholders>`, globs and `…` are patterns, not paths. */
export function documentProblems(file: string, text: string, exists: (path: string) => boolean): Problem[] {
  const problems: Problem[] = [];
  for (const [, cited] of text.matchAll(CITED)) {
    if (!cited || /[<>*…{}]/.test(cited)) continue;
    const bare = cited
      .replace(/^(\.\.?\/)+/, "")
      .replace(/[.,:;]+$/, "")
      .replace(/\/$/, "");
    const beside = `${file.slice(0, file.lastIndexOf("/") + 1)}${bare}`;
    if (!exists(bare) && !exists(beside))
      problems.push({ file, rule: "documents", message: `cites ${cited}, which does not exist` });
  }
  return problems;
}
