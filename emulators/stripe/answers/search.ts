import { invalid } from "../errors";
import type { Kept, Table } from "../state/table";

type Test = (value: object) => boolean;

const clause =
  /^\s*(-?)(?:metadata\[(?:"([^"]*)"|'([^']*)')\]|([a-z_.]+))\s*(:|~|<=|>=|<|>)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(-?\d+)|(null))/;

/** By what each resource is searched, besides metadata (docs.stripe.com/search). */
const fields: Record<string, readonly string[]> = {
  charges: [
    "amount",
    "billing_details.address.postal_code",
    "created",
    "currency",
    "customer",
    "disputed",
    "refunded",
    "status",
  ],
  customers: ["created", "email", "name", "phone"],
  invoices: ["created", "currency", "customer", "number", "receipt_number", "status", "subscription", "total"],
  payment_intents: ["amount", "created", "currency", "customer", "status"],
  prices: ["active", "currency", "lookup_key", "product", "type"],
  products: ["active", "description", "name", "shippable", "url"],
  subscriptions: ["canceled_at", "created", "status"],
};

/** Stripe's search: clauses of `field:"value"`, `metadata["key"]:"value"` and comparisons, joined by AND or by OR. */
export function searchPage<T extends Kept>(
  table: Table<T>,
  params: { query?: string; limit?: number; page?: string },
  url: string,
): object {
  const resource = url.split("/")[2] ?? "";
  const isWanted = readQuery(params.query ?? "", resource);
  const limit = params.limit ?? 10;
  if (limit < 1 || limit > 100) throw invalid("This value must be between 1 and 100.", "limit");
  const found = [...table.all()].reverse().filter(isWanted);
  const from = params.page === undefined ? 0 : Number(params.page);
  if (!Number.isSafeInteger(from) || from < 0) throw invalid("Invalid page.", "page");
  const hasMore = from + limit < found.length;
  const data = found.slice(from, from + limit);
  return { object: "search_result", url, has_more: hasMore, data, next_page: hasMore ? String(from + limit) : null };
}

function readQuery(query: string, resource: string): Test {
  const tests: Test[] = [];
  let joint: string | undefined;
  let rest = query;
  while (rest.trim() !== "") {
    const match = clause.exec(rest);
    if (!match) throw invalid(`We were unable to parse your search query: ${query.slice(0, 200)}`, "query");
    const field = match[4];
    if (field !== undefined && !field.startsWith("payment_method_details.") && !fields[resource]?.includes(field))
      throw invalid(`Field \`${field}\` is an unsupported search field for resource \`${resource}\`.`, "query");
    tests.push(testOf(match));
    rest = rest.slice(match[0].length);
    const between = /^\s+(AND|OR)\s+/i.exec(rest);
    if (!between) {
      if (rest.trim() === "") break;
      throw invalid(`We were unable to parse your search query: ${query.slice(0, 200)}`, "query");
    }
    const next = between[1]?.toUpperCase();
    if (joint !== undefined && joint !== next) throw invalid("You cannot combine AND and OR in one query.", "query");
    joint = next;
    rest = rest.slice(between[0].length);
  }
  if (tests.length === 0) throw invalid("query is empty.", "query");
  return (value) => (joint === "OR" ? tests.some((test) => test(value)) : tests.every((test) => test(value)));
}

function testOf(match: RegExpExecArray): Test {
  const [, minus, key1, key2, field, operator, text1, text2, number, isNull] = match;
  const key = key1 ?? key2;
  const wanted = text1 ?? text2 ?? number ?? "";
  const test: Test = (value) => {
    const found = key === undefined ? read(value, field ?? "") : read(value, "metadata", key);
    if (isNull) return found === null || found === undefined;
    if (found === null || found === undefined) return false;
    if (operator === ":") return String(found).toLowerCase() === wanted.toLowerCase();
    if (operator === "~") return String(found).toLowerCase().includes(wanted.toLowerCase());
    const [a, b] = [Number(found), Number(wanted)];
    return operator === "<" ? a < b : operator === ">" ? a > b : operator === "<=" ? a <= b : a >= b;
  };
  return minus === "-" ? (value) => !test(value) : test;
}

function read(value: object, field: string, key?: string): unknown {
  let found: unknown = value;
  for (const part of key === undefined ? field.split(".") : [field, key])
    found = typeof found === "object" && found !== null ? (found as Record<string, unknown>)[part] : undefined;
  return found;
}
