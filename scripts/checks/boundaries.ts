import { type Import, importsOf } from "./imports";
import { isDoor, isPort, isSchema, type Place, placeOf, resolveImport } from "./layers";

export type Problem = { file: string; rule: string; message: string };

type Rule = { says: string; allows: (to: Place, from: Place, imported: Import) => boolean };

const layers =
  (...names: Place["layer"][]) =>
  (to: Place) =>
    names.includes(to.layer);

/** Who may import whom; the same table as in docs/ARCHITECTURE.md. */
const RULES: Record<Place["layer"], Rule> = {
  app: {
    says: "app imports components, lib/wiring, nouns' doors (index, schemas) and lib/platform",
    allows: (to, from) =>
      to.layer === "app" ? isOwnComponent(to, from) : layers("components", "wiring", "platform")(to) || isDoor(to),
  },
  components: {
    says: "components import components and nouns' schemas",
    allows: (to) => layers("components")(to) || isSchema(to),
  },
  wiring: {
    says: "lib/wiring imports adapters, agent-tools, nouns' doors and ports, platform and db",
    allows: (to) => layers("wiring", "adapters", "agent-tools", "platform", "db")(to) || isDoor(to) || isPort(to),
  },
  "agent-tools": {
    says: "lib/agent-tools imports nouns' doors and ports and lib/platform",
    allows: (to) => layers("agent-tools", "platform")(to) || isDoor(to) || isPort(to),
  },
  noun: {
    says: "a noun imports itself, other nouns' doors, lib/platform and db",
    allows: (to, from) => layers("platform", "db")(to) || to.owner === from.owner || isDoor(to),
  },
  rules: {
    says: "rules import other rules and lib/platform/result",
    allows: (to) => layers("rules")(to) || (to.layer === "platform" && to.rest === "result"),
  },
  adapters: {
    says: "an adapter imports itself, nouns' ports and schemas, lib/platform and its vendor",
    allows: (to, from) => (to.layer === "adapters" ? to.owner === from.owner : layers("platform")(to) || isPort(to)),
  },
  platform: {
    says: "lib/platform imports itself and the types of db/client",
    allows: (to, _, imported) => layers("platform")(to) || (to.layer === "db" && imported.isTypeOnly),
  },
  db: { says: "db imports nothing of ours", allows: layers("db") },
  emulators: { says: "emulators import nothing of ours", allows: layers("emulators") },
  entry: {
    says: "entry points import lib/wiring, nouns' doors, lib/platform and db",
    allows: (to, from) =>
      layers("entry", "wiring", "platform", "db", "emulators")(to) ||
      isDoor(to) ||
      (isTestSupport(to) && /^(e2e|bench)\//.test(from.rest)) ||
      (to.layer === "agent-tools" && from.rest.startsWith("bench/")) ||
      (to.layer === "rules" && /^(eval|bench)\//.test(from.rest)),
  },
};

/** Vendors' packages and where each may be imported besides lib/adapters. */
const VENDORS: { name: RegExp; also: RegExp }[] = [
  { name: /^(@clerk\/|better-auth|@upstash\/|s3mini|@vercel\/blob|nodemailer)/, also: /^$/ },
  { name: /^stripe$/, also: /^emulators\/stripe\/testing\// },
  { name: /^@vapi-ai\//, also: /^emulators\// },
  { name: /^@sentry\//, also: /^instrumentation/ },
  { name: /^pg-boss/, also: /^lib\/platform\/jobs\// },
  { name: /^(pg$|@neondatabase\/|@electric-sql\/)/, also: /^db\// },
];

/** Named departures from the table, each with its reason. */
const EXCEPTIONS: { from: RegExp; to: RegExp; because: string }[] = [
  {
    from: /^middleware\.ts$/,
    to: /^lib\/adapters\/clerk\/middleware$/,
    because: "lib/wiring would bring the whole application into the middleware's bundle",
  },
  {
    from: /^lib\/(wiring\/sentry|platform\/browser-sentry)\.ts$/,
    to: /^@sentry\/nextjs$/,
    because: "error reporting is part of the process and of the page, not of a noun",
  },
  {
    from: /^lib\/adapters\/[\w-]+\//,
    to: /^lib\/adapters\/ics$/,
    because: "CalDAV servers and feeds carry calendar files; the format is nobody's own",
  },
  {
    from: /^lib\/adapters\/(google|microsoft)-calendar\//,
    to: /^lib\/adapters\/oauth-calendars$/,
    because: "signing in with a code and PKCE is one protocol, whoever's calendar is behind it",
  },
  {
    from: /^eval\/sets\/ics\.ts$/,
    to: /^lib\/adapters\/ics$/,
    because: "what is scored is the reader of calendar files itself",
  },
  {
    from: /^eval\/sets\/webhook-signatures\.ts$/,
    to: /^lib\/adapters\/\w+\/verify$/,
    because: "what is scored is each vendor's verifier itself",
  },
];

export function boundaryProblems(file: string, source: string): Problem[] {
  if (/\.test\.tsx?$|^tests\//.test(file)) return testProblems(file, source);
  const from = placeOf(file);
  const rule = RULES[from.layer];
  const problems: Problem[] = [];
  for (const imported of importsOf(source)) {
    const target = resolveImport(file, imported.specifier);
    if (EXCEPTIONS.some((e) => e.from.test(file) && e.to.test(target ?? imported.specifier))) continue;
    if (target === undefined) problems.push(...vendorProblems(file, from, imported));
    else if (!rule.allows(placeOf(target), from, imported))
      problems.push({ file, rule: from.layer, message: `imports ${imported.specifier}, but ${rule.says}` });
  }
  return problems;
}

/** Tests may open whatever they test; an emulator that shares our code would prove nothing even there. */
function testProblems(file: string, source: string): Problem[] {
  if (!file.startsWith("emulators/")) return [];
  return importsOf(source).flatMap(({ specifier }) => {
    const target = resolveImport(file, specifier);
    return target === undefined || target.startsWith("emulators/")
      ? []
      : [{ file, rule: "emulators", message: `imports ${specifier}, but ${RULES.emulators.says}` }];
  });
}

function vendorProblems(file: string, from: Place, { specifier, isTypeOnly }: Import): Problem[] {
  const vendor = VENDORS.find(({ name }) => name.test(specifier));
  if (vendor && !isTypeOnly && from.layer !== "adapters" && from.layer !== "entry" && !vendor.also.test(file))
    return [{ file, rule: "vendors", message: `imports ${specifier}, but vendors' packages belong in lib/adapters` }];
  if (
    specifier.startsWith("drizzle-orm") &&
    ["app", "components", "rules", "agent-tools", "emulators"].includes(from.layer)
  )
    return [{ file, rule: "database", message: `imports ${specifier}, but rows are reached through a noun's door` }];
  return [];
}

/** What a noun or an adapter offers to tests of whole processes. */
const isTestSupport = (to: Place) => to.rest.startsWith("testing/");

/** `_components` of a route serve that route and what lies below it. */
function isOwnComponent(to: Place, from: Place): boolean {
  const [owner, inside] = to.rest.split("/_components");
  if (inside === undefined) return true;
  return owner === "" || from.rest.startsWith(`${owner}/`);
}
