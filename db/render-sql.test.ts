import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import { renderSql } from "./render-sql";
import { calls } from "./schema";

const dialect = new PgDialect();
const at = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`;

const statements: Record<string, SQL> = {
  "plain words": sql`select 1`,
  "values of every kind": sql`select ${"a"}, ${1}, ${null}, ${true}, ${12n}, ${new Date(5)}, ${Buffer.from("x")}, ${{ a: [1] }}`,
  nothing: sql`select ${undefined} 1`,
  "statements in statements": sql`select ${sql`(select ${1} where ${sql`${2} = ${at(3)}`})`}, ${sql.raw("now()")} from ${sql``}x`,
  "a list": sql`select 1 where x in ${["a", "b"]} or y in ${[]}`,
  "an array as one value": sql`select ${sql.param(["a", "b"])}::text[]`,
  "joined parts": sql`with ${sql.join([sql`a as (${sql`select ${1}`})`, sql`b as (select ${"it's"})`], sql`, `)} select`,
};

describe("renderSql", () => {
  it.each(Object.entries(statements))("gives what Drizzle gives: %s", (_, statement) => {
    const { sql: text, params } = dialect.sqlToQuery(statement);
    expect(renderSql(statement)).toEqual({ sql: text, params });
  });

  it.each(
    Object.entries({
      "a table": sql`select from ${calls}`,
      "a column": sql`select ${calls.id} from calls`,
      "a name": sql`select ${sql.identifier("id")} from calls`,
      "a placeholder": sql`select ${sql.placeholder("x")}`,
      "values written out": sql`select ${1}`.inlineParams(),
      "a part of which values are written out": sql`select ${sql`${1}`.inlineParams()}`,
    }),
  )("leaves to Drizzle %s", (_, statement) => {
    expect(renderSql(statement)).toBeUndefined();
  });
});
