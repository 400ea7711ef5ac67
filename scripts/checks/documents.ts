import path from "node:path";
import type { Problem } from "./boundaries";

const CODE = /`([^`\s]+)`/g;
const LINK = /\]\(([^)\s]+)\)/g;
const ROOT = /^(?:\.\.?\/)*(app|components|lib|db|emulators|e2e|bench|eval|scripts|tests|docs|\.ci|\.github|public)\//;
const ENDINGS = ["", ".ts", ".tsx", ".mjs", "/index.ts"];

/** Paths a document cites that do not exist. `<placeholders>`, globs and `…` are patterns, not paths. */
export function documentProblems(file: string, text: string, exists: (path: string) => boolean): Problem[] {
  const cited = [...text.matchAll(CODE)].map((match) => match[1] ?? "").filter((each) => ROOT.test(each));
  const linked = [...text.matchAll(LINK)].map((match) => match[1] ?? "").filter((each) => !/^([a-z]+:|#)/.test(each));
  return [...cited, ...linked]
    .filter((each) => !/[<>*…{}]/.test(each))
    .filter(
      (each) =>
        !isThere(
          file,
          each
            .replace(/#.*$/, "")
            .replace(/[.,:;]+$/, "")
            .replace(/\/$/, ""),
          exists,
        ),
    )
    .map((each) => ({ file, rule: "documents", message: `cites ${each}, which does not exist` }));
}

function isThere(file: string, cited: string, exists: (path: string) => boolean): boolean {
  const beside = path.posix.join(path.posix.dirname(file), cited);
  return ENDINGS.some((ending) => exists(`${cited}${ending}`) || exists(`${beside}${ending}`));
}
