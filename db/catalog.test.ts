import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { beforeAll, describe, expect, test } from "vitest";
import { emptyPgliteDatabase, postgresDatabase, postgresUnavailable } from "@/tests/database";
import type { Database } from "./client";
import * as schema from "./schema";
import { sqlState, withSystem, withTenant } from "./tenant";

/** Every table of the schema public belongs to a tenant, except these. */
const GLOBAL_TABLES: Record<string, string> = {
  users: "a person may belong to several organisations, and signs in before any is known",
  auth_sessions: "a browser session belongs to a person, not to an organisation",
  auth_accounts: "the sign-in methods of a person",
  auth_verifications: "one-time codes are asked for by an address nobody may have yet",
  identity_events: "deliveries of the identity provider's webhook, about people",
  billing_events: "what Stripe tells names a customer; whose it is, is found when it is worked on",
  dev_emails: "the development mailbox catches sign-in codes, which come before any organisation",
};

/** Every function that runs with its owner's rights, with the one role that may call it and why it exists. */
const DEFINER_FUNCTIONS: Record<string, { role: "app_tenant" | "app_system"; because: string }> = {
  org_people: { role: "app_tenant", because: "names of the tenant's own members, out of a global table" },
  search_calls: { role: "app_tenant", because: "full text under row-level security cannot use its index" },
  search_calls_by_phone: { role: "app_tenant", because: "a number's end: reverse() is not leakproof either" },
  search_contacts_by_phone: { role: "app_tenant", because: "a number's end: reverse() is not leakproof either" },
  system_find_connection: { role: "app_system", because: "a webhook names a connection before its tenant is known" },
  system_memberships: { role: "app_system", because: "which organisations a person may enter" },
  system_find_organization: { role: "app_system", because: "an address names an organisation by its slug" },
  system_find_invitation: {
    role: "app_system",
    because: "an invitation is opened by somebody who is not a member yet",
  },
  system_find_booking_page: { role: "app_system", because: "a visitor names an organisation by its public address" },
  system_find_offer_link: { role: "app_system", because: "the link in a letter is all that its holder has" },
  system_find_manage_link: { role: "app_system", because: "the link in a text is all that its holder has" },
  system_unrelayed_events: { role: "app_system", because: "the relay hands every tenant's events to the queue" },
  system_mark_relayed: { role: "app_system", because: "the relay's second half" },
  system_unprocessed_inbox: { role: "app_system", because: "the safety net under webhook processing" },
  system_calls_to_reconcile: { role: "app_system", because: "calls whose report is late, of every tenant" },
  system_waitlist_due: { role: "app_system", because: "holds and offers that have run out, of every tenant" },
  system_reminders_due: { role: "app_system", because: "bookings that somebody is to be reminded of, of every tenant" },
  system_organization_ids: { role: "app_system", because: "retention runs for every tenant in turn" },
  system_emulated_connections: {
    role: "app_system",
    because: "the emulator is told of every emulated connection at a start",
  },
  system_calendars_due: { role: "app_system", because: "calendars to be read, of every tenant" },
  system_calendars_stale: { role: "app_system", because: "calendars nobody has been told about, of every tenant" },
  system_calendar_writes_due: { role: "app_system", because: "bookings to be written into calendars, of every tenant" },
  system_find_calendar_channel: { role: "app_system", because: "a push names a channel before its tenant is known" },
  system_find_customer: { role: "app_system", because: "Stripe names a customer before its tenant is known" },
  system_closed_customers: { role: "app_system", because: "whoever closed an organisation is to stop paying for it" },
  system_find_meter_event: {
    role: "app_system",
    because: "Stripe names an event that it refused late before its tenant is known",
  },
  system_meter_events_due: { role: "app_system", because: "minutes to be sent to Stripe, of every tenant" },
  system_trials_ending: { role: "app_system", because: "trials whose owners are to be told, of every tenant" },
  system_alerts_to_mail: { role: "app_system", because: "letters about billing that were not sent, of every tenant" },
  system_operator_lines: { role: "app_system", because: "what plans earn, of every tenant, for the operator" },
  system_operator_trials: { role: "app_system", because: "how many trials began and led on, for the operator" },
  system_operator_ledger: { role: "app_system", because: "monthly sums of every tenant's ledger, for the operator" },
  system_operator_calls: { role: "app_system", because: "how many calls were booked, for the operator" },
  system_operator_items: { role: "app_system", because: "differences nobody has settled, for the operator" },
  system_find_calendar_feed: { role: "app_system", because: "a subscriber's address precedes its tenant" },
};

type Column = { table: string; column: string; type: string; not_null: boolean; generated: boolean };

const engines: [string, string | undefined][] = [
  ["embedded", undefined],
  ["PostgreSQL", postgresUnavailable()],
];

for (const [engine, unavailable] of engines) {
  describe.skipIf(unavailable)(`the catalog on ${engine}`, () => {
    let database: Database;
    let columns: Column[];
    const rows = async <T>(query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows as T[];
    const tables = () => [...new Set(columns.map((column) => column.table))];
    const tenantTables = () => tables().filter((table) => !(table in GLOBAL_TABLES));
    const tenantColumn = (table: string) => (table === "organizations" ? "id" : "org_id");

    beforeAll(async () => {
      database = engine === "embedded" ? await emptyPgliteDatabase() : await postgresDatabase();
      columns = await rows<Column>(sql`
        select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as "type",
          a.attnotnull as not_null, a.attgenerated <> '' as generated
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
        order by 1, a.attnum`);
    });

    test("every table is a tenant's with row-level security and the policy `tenant`, or stands on the list of global ones", async () => {
      expect(tables()).toEqual(expect.arrayContaining(Object.keys(GLOBAL_TABLES)));
      const found = await rows<{ table: string; rls: boolean; policies: string[]; expressions: string[] }>(sql`
        select c.relname as "table", c.relrowsecurity as rls,
          array(select p.polname::text from pg_policy p where p.polrelid = c.oid) as policies,
          array(select e from pg_policy p, lateral (values (pg_get_expr(p.polqual, p.polrelid)),
            (pg_get_expr(p.polwithcheck, p.polrelid))) v(e) where p.polrelid = c.oid) as expressions
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`);
      for (const { table, rls, policies, expressions } of found) {
        if (table in GLOBAL_TABLES) continue;
        const column = columns.find((c) => c.table === table && c.column === tenantColumn(table));
        expect(column, `${table} has no ${tenantColumn(table)}`).toMatchObject({ type: "text", not_null: true });
        expect({ table, rls, policies }).toEqual({ table, rls: true, policies: ["tenant"] });
        expect(expressions).toHaveLength(2);
        for (const expression of expressions) {
          expect(expression).toContain(`${tenantColumn(table)} = `);
          expect(expression).toMatch(/nullif\(current_setting\('app\.org_id'/i);
        }
      }
    });

    test("a tenant has no right at all to the global tables, to other schemas or to change history", async () => {
      const granted = await rows<{ schema: string; table: string; right: string }>(sql`
        select table_schema as "schema", table_name as "table", privilege_type as "right"
        from information_schema.role_table_grants where grantee = 'app_tenant'`);
      expect(granted.filter((g) => g.schema !== "public" || g.table in GLOBAL_TABLES)).toEqual([]);
      const onHistory = granted.filter((g) => g.table === "audit_entries").map((g) => g.right);
      expect(onHistory.sort()).toEqual(["INSERT", "SELECT"]);
      const system = await rows<{ table: string }>(sql`
        select table_name as "table" from information_schema.role_table_grants where grantee = 'app_system'`);
      expect(new Set(system.map((g) => g.table))).toEqual(new Set(Object.keys(GLOBAL_TABLES)));
    });

    test("every function with its owner's rights is on the list, pins its search path and is not for everybody", async () => {
      const found = await rows<{
        name: string;
        path: boolean;
        everybody: boolean;
        tenant: boolean;
        system: boolean;
      }>(sql`
        select p.proname as name, coalesce(array_to_string(p.proconfig, ';') like '%search_path=pg_catalog, public%', false) as path,
          has_function_privilege('public', p.oid, 'execute') as everybody,
          has_function_privilege('app_tenant', p.oid, 'execute') as tenant,
          has_function_privilege('app_system', p.oid, 'execute') as system
        from pg_proc p where p.prosecdef and p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`);
      expect(found.map((f) => f.name).sort()).toEqual(Object.keys(DEFINER_FUNCTIONS).sort());
      for (const { name, path, everybody, tenant, system } of found) {
        const role = DEFINER_FUNCTIONS[name]?.role;
        expect({ name, path, everybody, tenant, system }).toEqual({
          name,
          path: true,
          everybody: false,
          tenant: role === "app_tenant",
          system: role === "app_system",
        });
      }
    });

    test("the roles can neither log in nor pass by row-level security", async () => {
      const roles = await rows(
        sql`select rolname, rolcanlogin, rolbypassrls, rolsuper from pg_roles where rolname like 'app\_%' order by 1`,
      );
      const none = { rolcanlogin: false, rolbypassrls: false, rolsuper: false };
      expect(roles).toEqual([
        { rolname: "app_system", ...none },
        { rolname: "app_tenant", ...none },
      ]);
    });

    test("the schema in code and the database's tables have the same columns", () => {
      const inCode = Object.values(schema as Record<string, unknown>)
        .filter((value): value is PgTable => value instanceof PgTable)
        .map((table) => getTableConfig(table));
      expect(inCode.map((table) => table.name).sort()).toEqual(tables().sort());
      for (const table of inCode) {
        const expected = table.columns.map((c) => ({
          column: c.name,
          type: sqlType(c.getSQLType()),
          not_null: c.notNull || c.primary,
        }));
        const actual = columns
          .filter((c) => c.table === table.name)
          .map(({ column, type, not_null }) => ({ column, type, not_null }));
        const byName = (a: { column: string }, b: { column: string }) => (a.column < b.column ? -1 : 1);
        const composite = new Set(table.primaryKeys.flatMap((key) => key.columns.map((c) => c.name)));
        for (const column of expected) if (composite.has(column.column)) column.not_null = true;
        expect(actual.sort(byName), table.name).toEqual(expected.sort(byName));
      }
    });

    test("nobody can be booked twice: the constraint exists under its name and covers the blocked time of live rows", async () => {
      const [constraint] = await rows<{ definition: string; valid: boolean }>(sql`
        select pg_get_constraintdef(oid) as definition, convalidated as valid from pg_constraint
        where conname = 'bookings_no_overlap' and conrelid = 'public.bookings'::regclass and contype = 'x'`);
      expect(constraint?.valid).toBe(true);
      expect(constraint?.definition).toMatch(
        /EXCLUDE USING gist \(staff_id WITH =, int8range\(block_start_ms, block_end_ms\) WITH &&, session_key WITH <>\)/,
      );
      expect(constraint?.definition).toMatch(/held.*confirmed/);
    });

    test("counting, changing and deleting without any WHERE reaches own rows only, in every tenant table", async () => {
      await relaxConstraints(database);
      for (const table of tenantTables())
        for (const org of ["org_a", "org_b"]) await insertRow(database, columns, table, org);
      for (const table of tenantTables()) {
        const column = sql.raw(tenantColumn(table));
        const name = sql.raw(table);
        const owners = await withTenant(
          database,
          "org_a",
          async (tx) => (await tx.execute(sql`select ${column} as owner from ${name}`)).rows,
        );
        expect(owners, table).toEqual([{ owner: "org_a" }]);
        await expect(
          withSystem(database, (tx) => tx.execute(sql`select count(*) from ${name}`)),
          table,
        ).rejects.toSatisfy((error) => sqlState(error) === "42501");
        const foreign = withTenant(database, "org_a", (tx) =>
          insertRow({ execute: (q) => tx.execute(q) }, columns, table, "org_b"),
        );
        await expect(foreign, table).rejects.toSatisfy((error) => sqlState(error) === "42501");
        for (const statement of [sql`update ${name} set ${column} = ${column}`, sql`delete from ${name}`])
          await withTenant(database, "org_a", (tx) => tx.execute(statement)).catch((error) =>
            expect(sqlState(error)).toBe("42501"),
          );
        const [left] = await rows<{ n: number }>(sql`select count(*)::int as n from ${name} where ${column} = 'org_b'`);
        expect(left?.n, `${table}: the other tenant's row`).toBe(1);
      }
    });
  });
}

test("db/system calls exactly the listed system functions", () => {
  const folder = path.join(import.meta.dirname, "system");
  const source = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8"));
  const called = source.join("\n").matchAll(/\b(system_[a-z_]+)\(/g);
  const listed = Object.keys(DEFINER_FUNCTIONS).filter((name) => name.startsWith("system_"));
  expect([...new Set([...called].map((match) => match[1]))].sort()).toEqual(listed.sort());
});

const sqlType = (type: string) => ({ bigserial: "bigint", serial: "integer" })[type] ?? type;

/** Rows are made up column by column here: what they would have to mean is not the question. */
async function relaxConstraints(database: Database): Promise<void> {
  await database.db.execute(sql`
    do $$ declare c record; begin
      for c in select conrelid::regclass as t, conname from pg_constraint
        where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'x') and conrelid <> 0
      loop execute format('alter table %s drop constraint if exists %I cascade', c.t, c.conname); end loop;
    end $$`);
}

let serial = 0;
type Executor = { execute(query: ReturnType<typeof sql>): Promise<unknown> };

async function insertRow(to: Database | Executor, columns: Column[], table: string, org: string): Promise<void> {
  const executor: Executor = "db" in to ? { execute: (query) => to.db.execute(query) } : to;
  const own = columns.filter((column) => column.table === table && column.not_null && !column.generated);
  const values = own.map((column) => {
    if (column.column === (table === "organizations" ? "id" : "org_id")) return sql`${org}`;
    return sql.raw(sample(column.type));
  });
  const names = sql.raw(own.map((column) => `"${column.column}"`).join(", "));
  await executor.execute(
    sql`insert into ${sql.raw(table)} (${names}) overriding system value values (${sql.join(values, sql`, `)})`,
  );
}

function sample(type: string): string {
  serial++;
  if (type === "text") return `'t${serial}'`;
  if (type.endsWith("[]")) return "'{}'";
  if (["integer", "bigint", "smallint", "xid8"].includes(type)) return `'${serial}'::${type}`;
  if (type === "boolean") return "false";
  if (type === "date" || type.startsWith("timestamp")) return "now()";
  if (type === "jsonb") return "'{}'::jsonb";
  if (type === "bytea" || type === "tsvector") return `''::${type}`;
  throw new Error(`no sample for ${type}`);
}
