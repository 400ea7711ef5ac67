import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInOverHttp } from "./session";
import { command, entry, startCaly, temporaryFolder, until } from "./start";

const oneSentence = /^[^\n]+\n$/;

describe("npm start on this machine", () => {
  const folder = temporaryFolder();
  let server: Awaited<ReturnType<typeof startCaly>>;

  beforeAll(async () => {
    server = await startCaly(folder.path);
  });
  afterAll(() => {
    server.process.kill("SIGKILL");
    folder.remove();
  });

  const run = async (file: string, ...args: string[]) => {
    const { output, exit } = command(entry(file, ...args), { CALY_DATA_DIR: folder.path, PORT: String(server.port) });
    return { code: await exit, output: output() };
  };

  test("says its address and what to do next, and is ready", async () => {
    expect(server.output()).toContain(server.url);
    expect(server.output()).toContain("/dev/mailbox");
    expect(server.output()).not.toContain("calls are coming");
    expect((await fetch(`${server.url}/api/ready`)).status).toBe(200);
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  });

  test("keeps what it generated for its owner's eyes", () => {
    for (const name of ["secrets.json", "runtime.json", "demo.json"])
      expect(statSync(path.join(folder.path, name)).mode & 0o777, name).toBe(0o600);
  });

  test("a second start, db:migrate, db:seed and reset beside it: one sentence and exit code 1", async () => {
    const second = command([path.resolve("scripts/start.mjs")], { CALY_DATA_DIR: folder.path, PORT: "0" });
    expect({ code: await second.exit, output: second.output() }).toEqual({
      code: 1,
      output: expect.stringMatching(oneSentence),
    });
    for (const file of ["scripts/server/migrate.ts", "scripts/demo/seed.ts", "scripts/server/reset.ts"]) {
      const { code, output } = await run(file);
      expect({ file, code, output }).toEqual({ file, code: 1, output: expect.stringMatching(oneSentence) });
      expect(output).toContain(server.url);
    }
    expect((await fetch(`${server.url}/api/ready`)).status).toBe(200);
  });

  test("a taken port is named in one sentence", async () => {
    const other = temporaryFolder();
    const { output, exit } = command([path.resolve("scripts/start.mjs")], {
      CALY_DATA_DIR: other.path,
      PORT: String(server.port),
    });
    expect(await exit).toBe(1);
    expect(output()).toMatch(oneSentence);
    expect(output()).toContain(`Port ${server.port} is in use`);
    other.remove();
  });

  test("demo:info prints where things are and the webhook's secret, but no code and no token", async () => {
    const { code, output } = await run("scripts/demo/info.ts", "--json");
    expect(code).toBe(0);
    const info = JSON.parse(output);
    expect(info).toEqual({
      baseUrl: server.url,
      org: expect.stringMatching(/^[a-z0-9-]+$/),
      signIn: { url: `${server.url}/sign-in`, email: expect.stringContaining("@") },
      vapi: {
        webhookUrl: expect.stringMatching(/\/api\/voice\/vapi\/[a-z]+_/),
        secret: expect.stringMatching(/^.{24,}$/),
      },
    });
    const post = (secret: string) =>
      fetch(info.vapi.webhookUrl, {
        method: "POST",
        headers: { "content-type": "application/json", "x-vapi-secret": secret },
        body: JSON.stringify({ message: { type: "hang", call: { id: "demo-info" }, timestamp: Date.now() } }),
      });
    expect((await post(info.vapi.secret)).status).toBe(200);
    expect((await post("wrong")).status).toBe(401);
  });

  test("demo:call rings the demo's agent, and the call is seen in the dashboard", async () => {
    const { code, output } = await run("scripts/demo/call.ts", "--scenario", "hours-question", "--speed", "0");
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("/calls") });
    const { signIn, org } = JSON.parse((await run("scripts/demo/info.ts", "--json")).output);
    const cookie = await signInOverHttp(server.url, signIn.email);
    const csv = async () => (await fetch(`${server.url}/o/${org}/calls/export.csv`, { headers: { cookie } })).text();
    expect(await until(async () => /call_[a-z0-9]{20,}.*ended/s.test(await csv()), 30_000, 300), await csv()).toBe(
      true,
    );
    const unknown = await run("scripts/demo/call.ts", "--scenario", "no-such");
    expect(unknown).toEqual({ code: 1, output: expect.stringContaining("booking") });
  });

  test("answers only as localhost or 127.0.0.1", async () => {
    const { request } = await import("node:http");
    const status = (host: string) =>
      new Promise((resolve, reject) => {
        request({ host: "127.0.0.1", port: server.port, path: "/", headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", reject)
          .end();
      });
    expect(await status(`localhost:${server.port}`)).toBe(200);
    expect(await status(`127.0.0.1:${server.port}`)).toBe(200);
    expect(await status(`evil.example:${server.port}`)).toBeGreaterThanOrEqual(400);
  });

  test("Ctrl-C ends it within 5 s with a dashboard open, and the data are there at the next start", async () => {
    const { signIn, org } = JSON.parse((await run("scripts/demo/info.ts", "--json")).output);
    const cookie = await signInOverHttp(server.url, signIn.email);
    const live = await fetch(`${server.url}/o/${org}/live`, { headers: { cookie, accept: "text/event-stream" } });
    expect(live.status).toBe(200);
    const begun = Date.now();
    server.process.kill("SIGINT");
    expect(await server.exit).toBe(0);
    expect(Date.now() - begun).toBeLessThan(5_000);
    await live.body?.cancel().catch(() => {});
    expect(existsSync(path.join(folder.path, "runtime.json"))).toBe(false);

    const again = Date.now();
    server = await startCaly(folder.path);
    expect(Date.now() - again).toBeLessThan(30_000);
    const csv = await fetch(`${server.url}/o/${org}/calls/export.csv`, {
      headers: { cookie: await signInOverHttp(server.url, signIn.email) },
    });
    expect(await csv.text()).toMatch(/call_/);
  });

  test("killed, it leaves no process behind and the folder free; reset then empties it", async () => {
    const log = () => readFileSync(path.join(folder.path, "logs/server.log"), "utf8");
    server.process.kill("SIGKILL");
    await server.exit;
    const isDown = () =>
      fetch(`${server.url}/api/health`).then(
        () => false,
        () => true,
      );
    expect(await until(isDown, 8_000), log().slice(-500)).toBe(true);
    const free = async () => (await run("scripts/server/migrate.ts")).code === 0;
    expect(await until(free, 15_000, 500)).toBe(true);
    expect(await run("scripts/server/reset.ts")).toMatchObject({ code: 0 });
    expect(existsSync(path.join(folder.path, "postgres"))).toBe(false);
  });
});
