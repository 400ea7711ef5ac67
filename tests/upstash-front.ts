import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "redis";
import { freePort } from "./free-port";

/** Why the Upstash client cannot be tried here, or undefined when it can. */
export function redisUnavailable(): string | undefined {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return undefined;
  } catch {
    const reason = "redis-server is not installed: the Upstash client was not tried against a real Redis";
    console.warn(`skipped: ${reason}`);
    return reason;
  }
}

export type UpstashFront = { url: string; token: string; commands: () => number; close(): Promise<void> };

/** A real Redis behind Upstash's REST interface: single commands, /pipeline, /multi-exec, base64 answers, bearer token. */
export async function startUpstashFront(): Promise<UpstashFront> {
  const directory = mkdtempSync(path.join(tmpdir(), "caly-redis-"));
  const redisPort = await freePort();
  const flags = [
    "--port",
    String(redisPort),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    directory,
  ];
  const server = spawn("redis-server", flags, { stdio: "ignore" });
  // RESP3 would answer hashes as maps, which Upstash's interface does not know.
  const redis = createClient({ url: `redis://127.0.0.1:${redisPort}`, RESP: 2 });
  redis.on("error", () => {});
  await redis.connect();
  const token = "front-token";
  let commands = 0;
  const run = async (command: unknown[], base64: boolean): Promise<Reply> => {
    commands++;
    try {
      return { result: encode(await redis.sendCommand(plainLua(command.map(toArgument))), base64) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
  const front = createServer(async (request, response) => {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.headers.authorization !== `Bearer ${token}`) return send(401, { error: "Unauthorized" });
    const base64 = request.headers["upstash-encoding"] === "base64";
    try {
      const body = await bodyOf(request);
      if (request.url === "/pipeline")
        return send(200, await Promise.all((body as unknown[][]).map((c) => run(c, base64))));
      if (request.url === "/multi-exec") {
        const multi = redis.multi();
        for (const command of body as unknown[][]) multi.addCommand(plainLua(command.map(toArgument)));
        return send(
          200,
          (await multi.exec()).map((reply) => ({ result: encode(reply, base64) })),
        );
      }
      const reply = await run(body as unknown[], base64);
      return send("error" in reply ? 400 : 200, reply);
    } catch (error) {
      return send(400, { error: String(error) });
    }
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    token,
    commands: () => commands,
    async close() {
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
      redis.destroy();
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill();
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

type Reply = { result: unknown } | { error: string };

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += chunk;
  if (text) return JSON.parse(text);
  return (request.url ?? "/").slice(1).split("/").map(decodeURIComponent);
}

const toArgument = (part: unknown): string =>
  typeof part === "object" && part !== null ? JSON.stringify(part) : String(part);

const realSha = new Map<string, string>();
const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");

/** Upstash knows a script flag that Redis does not: it is taken off, and the script's hash translated. */
function plainLua([name = "", script = "", ...rest]: string[]): string[] {
  const upper = name.toUpperCase();
  if (upper === "EVAL" && script.startsWith("#!lua flags=allow-key-locking")) {
    const plain = script.slice(script.indexOf("\n") + 1);
    realSha.set(sha1(script), sha1(plain));
    return [name, plain, ...rest];
  }
  if (upper === "EVALSHA") return [name, realSha.get(script) ?? script, ...rest];
  return script === "" && rest.length === 0 ? [name] : [name, script, ...rest];
}

function encode(value: unknown, base64: boolean): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map((inner) => encode(inner, base64));
  const text = String(value);
  return base64 && text !== "OK" ? Buffer.from(text).toString("base64") : text;
}
