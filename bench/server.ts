import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readEnv } from "@/lib/platform/env";
import { createLogger } from "@/lib/platform/logger";
import { type App, buildApp } from "@/lib/wiring/app";
import { buildIfStale } from "../scripts/server/build";
import { startChild } from "../scripts/server/child";
import { inProject } from "../scripts/server/project";
import { waitUntilReady } from "../scripts/server/ready";
import { freePort } from "../tests/free-port";
import { catchMail } from "./mail";

export type BenchServer = {
  url: string;
  /** The same configuration in this process, for setting things up through the verbs. */
  app: App;
  signIn(email: string): Promise<{ cookie: string; userId: string }>;
  stop(): Promise<void>;
};

const key = randomBytes(32).toString("base64");

/** The production build in deployed mode on the given database: two servers of one run share their keys. */
export async function startServer(databaseUrl: string): Promise<BenchServer> {
  if (!(await buildIfStale((line) => console.error(line)))) throw new Error("the build failed");
  const mail = await catchMail();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const dataDir = mkdtempSync(path.join(tmpdir(), "caly-bench-"));
  const settings = {
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: key,
    BETTER_AUTH_SECRET: key,
    CRON_SECRET: key,
    APP_URL: url,
    SMTP_URL: mail.url,
    MAIL_FROM: "Caly <bench@example.test>",
    CALY_DATA_DIR: dataDir,
    LOG_LEVEL: "error",
  };
  const server = startChild(
    "server",
    [inProject("node_modules/next/dist/bin/next"), "start", "-H", "127.0.0.1", "-p", String(port)],
    { env: { ...settings, NODE_ENV: "production", NEXT_MANUAL_SIG_HANDLE: "true", NEXT_TELEMETRY_DISABLED: "1" } },
  );
  for (const stream of [server.process.stdout, server.process.stderr])
    stream?.on("data", (part: Buffer) => process.stderr.write(/error/i.test(part.toString()) ? part : ""));
  const { ok, last } = await waitUntilReady(url, AbortSignal.timeout(60_000));
  if (!ok) throw new Error(`the server did not become ready: ${last}`);
  const app = await buildApp(readEnv(settings), createLogger({ level: "error" }));
  return {
    url,
    app,
    signIn: (email) => signIn(url, email, () => mail.codeFor(email)),
    async stop() {
      await server.stop();
      await app.database.close();
      await mail.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function signIn(url: string, email: string, code: () => string | undefined) {
  const post = (to: string, body: object) =>
    fetch(`${url}/api/auth${to}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body: JSON.stringify(body),
    });
  const sent = await post("/email-otp/send-verification-otp", { email, type: "sign-in" });
  if (!sent.ok) throw new Error(`no code was sent: ${await sent.text()}`);
  for (let n = 0; n < 100 && !code(); n++) await new Promise((resolve) => setTimeout(resolve, 50));
  const signedIn = await post("/sign-in/email-otp", { email, otp: code() });
  if (!signedIn.ok) throw new Error(`not signed in: ${await signedIn.text()}`);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const session = await fetch(`${url}/api/auth/get-session`, { headers: { cookie } });
  const { user } = (await session.json()) as { user: { id: string } };
  return { cookie, userId: user.id };
}
