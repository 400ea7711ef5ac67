import type { Problem } from "./boundaries";

type Convention = { rule: string; applies: (file: string) => boolean; finds: RegExp; message: string };

const isProduct = (file: string) =>
  /^(app|components|lib|db|emulators)\/|^(middleware|instrumentation)/.test(file) && !/\.test\.tsx?$/.test(file);

const MONEY = /\w*(?:[cC]ents|[mM]icros|[mM]inor|[aA]mount|[bB]alance|[rR]evenue)/.source;
/** Where nothing but money is dealt with; the one place that hands amounts to Stripe's SDK, which wants numbers, is left out. */
const isLedger = (file: string) =>
  isProduct(file) &&
  /^lib\/(ledger|plans|billing|adapters\/stripe)\/|^app\/.*\/billing\//.test(file) &&
  file !== "lib/adapters/stripe/amount.ts";

const CONVENTIONS: Convention[] = [
  {
    rule: "environment",
    applies: (file) => isProduct(file) && file !== "lib/platform/env.ts",
    finds: /\bprocess\.env\b(?!\.(NEXT_RUNTIME|NEXT_PHASE|NODE_ENV)\b)/,
    message: "reads process.env outside lib/platform/env.ts",
  },
  {
    rule: "types",
    applies: (file) => /\.tsx?$/.test(file),
    finds: /@ts-(?:ignore|nocheck)/,
    message: "switches type checking off",
  },
  {
    rule: "money",
    applies: (file) => /^db\/schema\//.test(file),
    finds: /\b(numeric|decimal|real|doublePrecision)\(/,
    message: "stores a number that is not whole; money is whole cents or millionths with the unit in its name",
  },
  {
    rule: "money",
    applies: (file) => isProduct(file) && /^(lib|db)\//.test(file),
    finds: /\b(price|cost|amount|fee|deposit|balance)\??:\s*(z\s*\.\s*(number|int|coerce)|number\b|integer\()/,
    message: "has an amount of money without its unit in the name (priceCents, costMicros)",
  },
  {
    rule: "whole-money",
    applies: isProduct,
    finds: new RegExp(
      [
        `\\b${MONEY}\\)?\\s*(?:/(?![/*])|[*+-]\\s*\\d*\\.\\d)`,
        `\\d\\.\\d+\\s*\\*\\s*${MONEY}\\b`,
        `\\b${MONEY}\\)?\\.toFixed\\(`,
        `\\bparseFloat\\([^)]*${MONEY}`,
      ].join("|"),
    ),
    message:
      "computes money with fractions: keep whole minor units, and round once by a rule (lib/ledger/rules/money.ts)",
  },
  {
    rule: "whole-money",
    applies: isLedger,
    finds: new RegExp(
      `\\bparseFloat\\(|\\.toFixed\\(|(?<![\\w.'"\`-])\\d+\\.\\d|\\bNumber\\([^)]*${MONEY}|\\b${MONEY}\\??:\\s*(?:z\\s*\\.\\s*(?:number|int|coerce)|number\\b)`,
    ),
    message: "keeps an amount in a floating-point number: money is bigint here (Minor, Money of lib/ledger/words.ts)",
  },
  {
    rule: "names",
    applies: (file) =>
      /^(lib|app|components|db)\//.test(file) && /\/(utils?|helpers?|common|shared|misc)(\/|\.tsx?$)/.test(file),
    finds: /^/,
    message: "is called utils, helpers, common, shared or misc: name it after what it does",
  },
  {
    rule: "loose-files",
    applies: (file) => /^lib\/[^/]+\.tsx?$/.test(file),
    finds: /^/,
    message: "lies loose in lib/: it belongs to a noun, an adapter or the platform",
  },
];

const COMMENTS = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/(?! @ts-).*$/gm;

export function conventionProblems(file: string, source: string): Problem[] {
  const code = source.replace(COMMENTS, "");
  const problems = CONVENTIONS.filter(({ applies, finds }) => applies(file) && finds.test(code)).map(
    ({ rule, message }) => ({ file, rule, message }),
  );
  const isDoor = /^lib\/[^/]+\/index\.ts$/.test(file);
  if (isDoor && !/^import "server-only";/m.test(code))
    problems.push({ file, rule: "doors", message: 'is a door and must start with import "server-only"' });
  return problems;
}
