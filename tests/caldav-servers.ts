import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "./free-port";

export type CaldavServer = {
  name: string;
  url: string;
  origin: string;
  username: string;
  password: string;
  /** False where the server lets everybody in. */
  checksPasswords: boolean;
  /** What the server accepts from now on, and what `dav` uses; `password` above stays what the person typed once. */
  setPassword(password: string): void;
  currentPassword(): string;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
};

const USER = { username: "anna", password: "correct horse" };

/** Why a server cannot be tried here, or undefined when it can: for `describe.skipIf`, with the reason printed. */
export function unavailable(command: "radicale" | "xandikos"): string | undefined {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return undefined;
  } catch {
    const reason = `${command} is not installed: calendars were not tried against it (apt-get install ${command})`;
    console.warn(`skipped: ${reason}`);
    return reason;
  }
}

/** Radicale with one account and no calendar yet. */
export async function startRadicale(): Promise<CaldavServer> {
  const directory = mkdtempSync(path.join(tmpdir(), "caly-radicale-"));
  const port = await freePort();
  writeFileSync(path.join(directory, "users"), `${USER.username}:${USER.password}\n`);
  const config = path.join(directory, "config");
  writeFileSync(
    config,
    [
      `[server]\nhosts = 127.0.0.1:${port}`,
      `[auth]\ntype = htpasswd\nhtpasswd_filename = ${path.join(directory, "users")}\nhtpasswd_encryption = plain\ndelay = 0`,
      `[storage]\nfilesystem_folder = ${path.join(directory, "collections")}`,
      "[logging]\nlevel = error",
    ].join("\n"),
  );
  return serve({
    name: "Radicale",
    port,
    directory,
    checksPasswords: true,
    command: "radicale",
    flags: ["--config", config],
  });
}

/** Xandikos with its default account and calendar. */
export async function startXandikos(): Promise<CaldavServer> {
  const directory = mkdtempSync(path.join(tmpdir(), "caly-xandikos-"));
  const port = await freePort();
  mkdirSync(path.join(directory, "data"));
  const flags = ["-d", path.join(directory, "data"), "--defaults", "-p", String(port), "-l", "127.0.0.1"];
  return serve({ name: "Xandikos", port, directory, checksPasswords: false, command: "xandikos", flags });
}

async function serve(options: {
  name: string;
  port: number;
  directory: string;
  checksPasswords: boolean;
  command: string;
  flags: string[];
}): Promise<CaldavServer> {
  const origin = `http://127.0.0.1:${options.port}`;
  let current = USER.password;
  let child: ReturnType<typeof spawn> | undefined;
  const stop = async () => {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGKILL");
    await ended;
  };
  const start = async () => {
    child = spawn(options.command, options.flags, { stdio: "ignore" });
    for (const end = Date.now() + 20_000; Date.now() < end; ) {
      if (await fetch(origin, { redirect: "manual" }).catch(() => undefined)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${options.name} did not start`);
  };
  await start();
  return {
    name: options.name,
    url: `${origin}/`,
    origin,
    ...USER,
    checksPasswords: options.checksPasswords,
    setPassword(password) {
      current = password;
      writeFileSync(path.join(options.directory, "users"), `${USER.username}:${password}\n`);
    },
    currentPassword: () => current,
    start,
    stop,
    async close() {
      await stop();
      rmSync(options.directory, { recursive: true, force: true });
    },
  };
}

/** A request to the server itself, as another of the person's programs would send it. */
export async function dav(
  server: CaldavServer,
  method: string,
  url: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${server.username}:${server.currentPassword()}`).toString("base64")}`;
  return fetch(new URL(url, server.url), { method, headers: { authorization, ...headers }, ...(body ? { body } : {}) });
}

const MAKE = `<?xml version="1.0"?><c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>
<d:displayname>Work</d:displayname></d:prop></d:set></c:mkcalendar>`;

/** The address of a calendar made for this test. */
export async function makeCalendar(server: CaldavServer, name: string): Promise<string> {
  const home = server.checksPasswords ? `/${server.username}/` : "/user/calendars/";
  const url = new URL(`${home}${name}/`, server.url).href;
  const answer = await dav(server, "MKCALENDAR", url, MAKE, { "content-type": "text/xml" });
  if (answer.status !== 201) throw new Error(`MKCALENDAR ${answer.status} ${await answer.text()}`);
  return url;
}

export const eventText = (uid: string, lines: string[]): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Test//Test//EN",
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "DTSTAMP:20261101T000000Z",
  ]
    .concat(lines, ["SUMMARY:Private", "END:VEVENT", "END:VCALENDAR", ""])
    .join("\r\n");
