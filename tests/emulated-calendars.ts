import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CalendarEmulator, CalendarEmulatorOptions } from "@/emulators/calendar/server";
import type { AccessToken, CalendarOAuth, OAuthAccount } from "@/lib/calendars/ports";

export type Control = <T = Record<string, unknown>>(method: string, path: string, body?: object) => Promise<T>;

export type EmulatedCalendars = { url: string; control: Control; close(): Promise<void> };

/** A vendor's emulator in this process, on a folder of its own, and its control endpoints. */
export async function emulateCalendars(
  start: (options: CalendarEmulatorOptions) => Promise<CalendarEmulator>,
): Promise<EmulatedCalendars> {
  const dataDir = mkdtempSync(join(tmpdir(), "calendars-"));
  const emulator = await start({ port: 0, dataDir });
  return {
    url: emulator.url,
    control: controlOf(emulator.url),
    async close() {
      await emulator.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export function controlOf(url: string): Control {
  return async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${url}/_emulator${path}`, {
      method,
      ...(body ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {}),
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
}

const redirectUri = "http://127.0.0.1:9/callback";

/** What the page after consent is called with, as a person's browser would get there. */
export async function consent(oauth: CalendarOAuth, accountId: string, scope?: string) {
  const verifier = randomBytes(32).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const url = new URL(oauth.consentUrl({ state: "s-1", challenge, redirectUri }));
  if (scope !== undefined) url.searchParams.set("scope", scope);
  const page = await fetch(url);
  if (!page.ok || !(await page.text()).includes(`value="${accountId}"`)) throw new Error("no page of consent");
  const answer = await fetch(url.origin + url.pathname, {
    method: "POST",
    body: new URLSearchParams([...url.searchParams, ["_account", accountId]]),
    redirect: "manual",
  });
  const back = new URL(answer.headers.get("location") ?? "");
  return { code: back.searchParams.get("code") ?? "", state: back.searchParams.get("state"), verifier, redirectUri };
}

/** Consent and exchange; throws where that is refused. */
export async function connect(oauth: CalendarOAuth, accountId: string): Promise<OAuthAccount> {
  const { code, verifier, redirectUri } = await consent(oauth, accountId);
  const account = await oauth.exchange({ code, verifier, redirectUri });
  if (!account.ok) throw new Error(account.reason);
  return account.value;
}

/** Access as a noun would give it: refreshed when the token was refused. */
export function accessOf(oauth: CalendarOAuth, account: OAuthAccount): AccessToken & { refreshes: number } {
  let { accessToken, refreshToken } = account;
  const access = async (refused?: string) => {
    if (refused === accessToken) {
      access.refreshes++;
      const fresh = await oauth.refresh(refreshToken ?? "");
      if (!fresh.ok) return fresh;
      accessToken = fresh.value.accessToken;
      refreshToken = fresh.value.refreshToken ?? refreshToken;
    }
    return { ok: true as const, value: accessToken };
  };
  access.refreshes = 0;
  return access;
}

export type Received = { headers: IncomingHttpHeaders; url: URL; body: string };

/** A webhook that keeps what comes; answers 200, to Microsoft's handshake with its token. */
export async function receivePushes() {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const url = new URL(request.url ?? "/", "http://receiver");
    received.push({ headers: request.headers, url, body: Buffer.concat(chunks).toString("utf8") });
    response.writeHead(200, { "content-type": "text/plain" }).end(url.searchParams.get("validationToken") ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`,
    received,
    async until(count: number) {
      for (const end = Date.now() + 20_000; received.length < count && Date.now() < end; )
        await new Promise((resolve) => setTimeout(resolve, 10));
      return received;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
