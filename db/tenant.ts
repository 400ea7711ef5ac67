import { AsyncLocalStorage } from "node:async_hooks";
import type { Writable } from "node:stream";
import { type SQL, sql } from "drizzle-orm";
import { drizzle as drizzlePg } from "drizzle-orm/node-postgres";
import { PgDialect } from "drizzle-orm/pg-core";
import type { PoolClient } from "pg";
import type { Database, Tx } from "./client";
import { renderSql } from "./render-sql";
import * as schema from "./schema";

type Role = "app_tenant" | "app_system";
type Kind = { role: Role; orgId: string; readsOnly: boolean };

/** What a transaction has sent without waiting for the answer. */
type Sent = {
  client: PoolClient;
  statements: Promise<unknown>[];
  /** What leaves with the next statement, as one. */
  behind: SQL[];
  /** `may`: nothing was hoped for in vain so far, and no savepoint is open. `has`: something was. */
  hope: { may: boolean; has: boolean };
};

const open = new AsyncLocalStorage<Role>();
/** Transactions of this process that have not ended. Whoever is alone is served soonest by many small packets, several by few large ones. */
let running = 0;
/** feature_not_supported: what a kept plan answers once a migration has changed its result; the connection is given up with it. */
const STALE_PLAN = "0A000";
/** serialization_failure, deadlock_detected, a stale plan: nothing was changed, the same work may be tried again. */
const RETRYABLE = new Set(["40001", "40P01", STALE_PLAN]);
/** in_failed_sql_transaction: what every statement after the failed one is told. */
const ABORTED = "25P02";
/** division_by_zero: what `mustHold` answers. */
const NOT_SO = "22012";
const MAX_ATTEMPTS = 5;
/** More in one statement would be planned for longer than is saved. */
const MAX_BEHIND = 8;

const dialect = new PgDialect();
const toQuery: PgDialect["sqlToQuery"] = (statement, source) =>
  renderSql(statement) ?? dialect.sqlToQuery(statement, source);
const sentBy = new WeakMap<Tx, Sent>();
/** Drizzle works out the schema's relations each time it is built: once per connection is enough. */
const built = new WeakMap<PoolClient, Tx>();

/** The SQLSTATE of a database error, wherever the driver or Drizzle put it. */
export function sqlState(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    const code = (e as { code?: unknown }).code;
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}

/** The name of the constraint a database error speaks of. */
export function constraintOf(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    const name = (e as { constraint?: unknown }).constraint;
    if (typeof name === "string") return name;
  }
  return undefined;
}

/**
 * Runs `fn` in one transaction as the tenant: role app_tenant, setting app.org_id, so that row-level security decides what is seen.
 * `fn` must be repeatable (deadlocks are retried) and must pass `tx` down: a second transaction inside throws, it would hang PGlite.
 */
export function withTenant<T>(database: Database, orgId: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
  if (!orgId) throw new Error("withTenant needs an organisation id");
  return withRole(database, { role: "app_tenant", orgId, readsOnly: false }, fn);
}

/** Runs `fn` as app_system: global tables and the system_… functions, no tenant's rows. For db/system and sign-in. */
export function withSystem<T>(database: Database, fn: (tx: Tx) => Promise<T>): Promise<T> {
  return withRole(database, { role: "app_system", orgId: "", readsOnly: false }, fn);
}

async function withRole<T>(database: Database, kind: Kind, fn: (tx: Tx) => Promise<T>): Promise<T> {
  if (open.getStore()) throw new Error("A transaction inside a transaction: pass the tx down");
  let mayHope = true;
  for (let attempt = 1; ; attempt++) {
    const hope = { may: mayHope, has: false };
    try {
      return await open.run(kind.role, () => once(database, kind, fn, hope));
    } catch (error) {
      if (hope.has && sqlState(error) === NOT_SO) {
        mayHope = false;
        continue;
      }
      if (attempt >= MAX_ATTEMPTS || !RETRYABLE.has(sqlState(error) ?? "")) throw error;
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * (1 + Math.random())));
    }
  }
}

async function once<T>(
  database: Database,
  { role, orgId, readsOnly }: Kind,
  fn: (tx: Tx) => Promise<T>,
  hope: Sent["hope"],
): Promise<T> {
  const { pool } = database;
  if (!pool) {
    return database.db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('role', ${role}, true), set_config('app.org_id', ${orgId}, true)`);
      if (readsOnly) await tx.execute(sql`set transaction read only`);
      return fn(tx);
    });
  }
  const client = await pool.connect();
  const tx = txOf(client);
  const sent: Sent = { client, statements: [], behind: [], hope };
  sentBy.set(tx, sent);
  let broken: Error | undefined;
  running++;
  try {
    // Sent without waiting: with a pipelining driver it travels with the first statement. In the simple protocol it is planned by nobody.
    send(
      sent,
      `begin${readsOnly ? " read only" : ""}; set local role ${role}; set local app.org_id = ${client.escapeLiteral(orgId)}`,
      [],
    );
    const out = await fn(tx);
    // A commit behind a statement that failed undoes everything, as a rollback would.
    send(sent, "commit", []);
    // What was only read cannot be lost: whoever uses the connection next comes after the commit.
    if (!readsOnly) await answered(sent);
    return out;
  } catch (caught) {
    const error = sqlState(caught) === ABORTED ? await firstFailure(sent, caught) : caught;
    if (sqlState(error) === STALE_PLAN) broken = error as Error;
    sent.behind.splice(0);
    await client.query("rollback").catch((e: Error) => {
      broken = e;
    });
    throw error;
  } finally {
    running--;
    client.release(broken);
  }
}

function txOf(client: PoolClient): Tx {
  const known = built.get(client);
  if (known) return known;
  const query = client.query as (...args: unknown[]) => unknown;
  const afterBehind = (...args: unknown[]): unknown => {
    const sent = sentBy.get(tx);
    if (sent) sendBehindNow(sent);
    return query.apply(client, args);
  };
  client.query = afterBehind as typeof client.query;
  const tx = drizzlePg(client, { schema }) as unknown as Tx;
  (tx as unknown as { dialect: PgDialect }).dialect.sqlToQuery = toQuery;
  built.set(client, tx);
  return tx;
}

const streamOf = ({ client }: Sent): Partial<Writable> =>
  (client as unknown as { connection: { stream: Partial<Writable> } }).connection.stream;

/** What is sent before anybody waits again leaves in one packet. */
function send(sent: Sent, text: string, values: unknown[]): void {
  gather(sent);
  sendNow(sent, text, values);
}

function gather(sent: Sent): void {
  const stream = streamOf(sent);
  stream.cork?.();
  process.nextTick(() => stream.uncork?.());
}

function sendNow({ client, statements }: Sent, text: string, values: unknown[]): void {
  const statement = values.length > 0 ? client.query({ text }, values) : client.query(text);
  statement.catch(() => {}); // told by answered()
  statements.push(statement);
}

/** Waits for what was sent and throws the first failure: those after it only say that the transaction is over. */
async function answered(sent: Sent): Promise<void> {
  sendBehindNow(sent);
  const settled = await Promise.allSettled(sent.statements.splice(0));
  const failed = settled.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
}

const firstFailure = (sent: Sent, otherwise: unknown): Promise<unknown> =>
  answered(sent).then(
    () => otherwise,
    (error: unknown) => error,
  );

/**
 * Runs statements of whose results nothing is needed: they travel with the next one or with the commit, all of them as one, and cost no round
 * trip. What follows in the transaction sees their effect; they do not see each other's and must not touch the same row. Their failure
 * surfaces where the savepoint or the transaction ends, and undoes it.
 */
export async function sendBehind(tx: Tx, ...statements: SQL[]): Promise<void> {
  const sent = sentBy.get(tx);
  if (!sent) {
    const joined = asOne(statements);
    if (joined) await tx.execute(joined);
    return;
  }
  for (const statement of statements) if (sent.behind.push(statement) >= MAX_BEHIND) sendBehindNow(sent);
}

function sendBehindNow(sent: Sent): void {
  const joined = asOne(sent.behind.splice(0));
  if (!joined) return;
  const { sql: text, params } = toQuery(joined);
  send(sent, text, params);
}

/** PostgreSQL runs parts that nobody reads from the last to the first (nodeModifyTable.c, es_auxmodifytables): events keep their order. */
function asOne([first, ...others]: SQL[]): SQL | undefined {
  if (!first || others.length === 0) return first;
  const parts = [...others.reverse(), first].map((part, n) => sql`${sql.raw(`part_${n}`)} as (${part})`);
  return sql`with ${sql.join(parts, sql`, `)} select`;
}

/** An expression that fails its statement where `condition` is false. (Of what SQL itself can raise, division by zero is what nothing else here does.) */
export const mustHold = (condition: SQL): SQL => sql`1 / (${condition})::int`;

/**
 * Sends a statement that nearly always succeeds and would otherwise have to be waited for; its `mustHold` says when it did not. Then the
 * whole transaction is undone and run once more, without hope. False: not sent, because this is that second time, or a savepoint is open, or
 * the driver waits for each statement anyway; the caller asks and waits.
 */
export function sendHoping(tx: Tx, statement: SQL): boolean {
  const sent = sentBy.get(tx);
  if (!sent?.hope.may) return false;
  sent.hope.has = true;
  const { sql: text, params } = toQuery(statement);
  if (running === 1) sendNow(sent, text, params);
  else send(sent, text, params);
  return true;
}

/** Asks as `tx.execute` does, and before what follows is put into words: the database begins meanwhile, where nobody else keeps it busy. */
export function askAhead(tx: Tx, statement: SQL): Promise<{ rows: unknown[] }> {
  const sent = sentBy.get(tx);
  if (!sent || running > 1) return tx.execute(statement) as unknown as Promise<{ rows: unknown[] }>;
  const { sql: text, params } = toQuery(statement);
  const answer = sent.client.query({ text }, params);
  streamOf(sent).uncork?.();
  gather(sent);
  return answer;
}

/** What a verb needs of its context to reach the tenant's rows: joins the open transaction or opens one. */
export type TenantScope = { database: Database; orgId: string; tx?: Tx | undefined };

export function inTenant<S extends TenantScope, T>(
  scope: S,
  fn: (tx: Tx, scope: S & { tx: Tx }) => Promise<T>,
): Promise<T> {
  if (scope.tx) return fn(scope.tx, scope as S & { tx: Tx });
  return withTenant(scope.database, scope.orgId, (tx) => fn(tx, { ...scope, tx }));
}

/** As inTenant, for what only reads: a write throws, and nobody waits for the commit. */
export function readInTenant<S extends TenantScope, T>(scope: S, fn: (tx: Tx) => Promise<T>): Promise<T> {
  if (scope.tx) return fn(scope.tx);
  if (!scope.orgId) throw new Error("readInTenant needs an organisation id");
  return withRole(scope.database, { role: "app_tenant", orgId: scope.orgId, readsOnly: true }, fn);
}

let savepoints = 0;

/** Runs `fn` so that its failure undoes only its own statements and leaves the transaction usable. */
export async function withSavepoint<T>(tx: Tx, fn: () => Promise<T>): Promise<T> {
  const name = sql.raw(`sp_${++savepoints}`);
  const sent = sentBy.get(tx);
  const mayHope = sent?.hope.may;
  if (sent) sent.hope.may = false;
  await tx.execute(sql`savepoint ${name}`);
  try {
    const out = await fn();
    if (sent) await answered(sent);
    await tx.execute(sql`release savepoint ${name}`);
    return out;
  } catch (caught) {
    const error = sent && sqlState(caught) === ABORTED ? await firstFailure(sent, caught) : caught;
    sent?.statements.splice(0);
    sent?.behind.splice(0);
    await tx.execute(sql`rollback to savepoint ${name}`);
    throw error;
  } finally {
    if (sent) sent.hope.may = mayHope ?? false;
  }
}
