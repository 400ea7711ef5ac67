import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { test as base, expect } from "@playwright/test";
import pg from "pg";
import { SMTPServer } from "smtp-server";
import { startChild } from "../scripts/server/child";
import { inProject } from "../scripts/server/project";
import { waitUntilReady } from "../scripts/server/ready";
import { bare } from "../tests/bare-environment";
import { freePort } from "../tests/free-port";
import { startPostgres } from "../tests/postgres-server";

export const nextStart = [inProject("node_modules/next/dist/bin/next"), "start"];
export const newSecret = () => randomBytes(32).toString("base64");

export type Server = { url: string; output(): string; stop(): Promise<void> };
export type Letter = { to: string; raw: string };
type Row = Record<string, unknown>;
export type Deployment = {
  /** A migrated database of its own. */
  database(): Promise<{ url: string; query(sql: string): Promise<Row[]> }>;
  /** The production build as a process of its own, ready; given the address it will have. On an empty folder unless one is named that others use too. */
  server(env: (url: string) => Record<string, string>, folder?: string): Promise<Server>;
  /** Takes every letter. */
  smtp(): Promise<{ url: string; letters: Letter[] }>;
};

/** Everything started through it ends with the worker; the PostgreSQL server is started once and shared. */
export const test = base.extend<object, { deployment: Deployment }>({
  deployment: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const undo: (() => unknown)[] = [];
      const folder = mkdtempSync(path.join(tmpdir(), `caly-test-${process.pid}-`));
      chmodSync(folder, 0o755);
      let postgres: ReturnType<typeof startPostgres> | undefined;
      let serial = 0;
      await use({
        async database() {
          postgres ??= startPostgres(path.join(folder, "pg"));
          const { url: maintenance } = await postgres;
          const name = `e2e_${++serial}`;
          await run(maintenance, `create database ${name} template caly_template`);
          const url = maintenance.replace(/\/postgres$/, `/${name}`);
          return { url, query: (sql) => run(url, sql) };
        },
        async server(env, name = `data${++serial}`) {
          const server = await startServer(path.join(folder, name), env);
          undo.push(server.stop);
          return server;
        },
        async smtp() {
          const sink = await startSmtp();
          undo.push(sink.stop);
          return sink;
        },
      });
      for (const each of undo.reverse()) await each();
      await (await postgres)?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

async function run(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function startServer(dataDir: string, env: (url: string) => Record<string, string>): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const own = env(url);
  const child = startChild("server", [...nextStart, "-H", own.HOST ?? "127.0.0.1", "-p", String(port)], {
    env: {
      ...bare,
      PORT: String(port),
      CALY_DATA_DIR: dataDir,
      NEXT_MANUAL_SIG_HANDLE: "true",
      NEXT_TELEMETRY_DISABLED: "1",
      ...own,
    },
  });
  const parts: string[] = [];
  for (const stream of [child.process.stdout, child.process.stderr])
    stream?.on("data", (part: Buffer) => parts.push(part.toString()));
  const output = () => parts.join("");
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), 60_000);
  void child.ended.then(() => giveUp.abort());
  const { ok, last } = await waitUntilReady(url, giveUp.signal);
  clearTimeout(timer);
  expect(ok, `${last}\n${output()}`).toBe(true);
  return { url, output, stop: () => child.stop() };
}

async function startSmtp() {
  const letters: Letter[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        letters.push({
          to: session.envelope.rcptTo.map(({ address }) => address).join(),
          raw: Buffer.concat(chunks).toString("utf8"),
        });
        done();
      });
    },
  });
  server.on("error", () => {});
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `smtp://127.0.0.1:${port}`, letters, stop };
}

/** The newest code sent to this address. */
export const codeFor = (letters: readonly Letter[], email: string): string =>
  /^Subject: (\d{6})\b/m.exec(letters.findLast(({ to }) => to === email)?.raw ?? "")?.[1] ?? "";

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };
type Ask = { method?: string; headers?: Record<string, string>; body?: string | Buffer };

/** One request, its Host header and redirects left to the test. */
export function ask(address: string, { method = "GET", headers = {}, body }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(address, { method, headers, timeout: 20_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    sent.on("timeout", () => sent.destroy(new Error(`no answer from ${address}`)));
    sent.on("error", reject);
    sent.end(body);
  });
}

export const postJson = (address: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(address, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });

/** The form of a page that needs no script: its action's name, as the build gave it. */
export function actionOf(html: string): string {
  const name = /name="(\$ACTION_ID_[0-9a-f]+)"/.exec(html)?.[1];
  if (!name) throw new Error("there is no form with an action on this page");
  return name;
}

/** Sends a form as a browser without scripts would. */
export function postForm(address: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const boundary = `----${randomBytes(8).toString("hex")}`;
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return ask(address, {
    method: "POST",
    headers: {
      "content-type": `multipart/form-data; boundary=${boundary}`,
      origin: new URL(address).origin,
      ...headers,
    },
    body: `${parts.join("")}--${boundary}--\r\n`,
  });
}

export const cookiesOf = (answer: Answer): string =>
  [answer.headers["set-cookie"] ?? []]
    .flat()
    .map((line) => line.split(";")[0])
    .join("; ");

export { expect };
