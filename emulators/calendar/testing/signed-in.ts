import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../http/clock";
import type { CalendarEmulator, CalendarEmulatorOptions } from "../server";

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

type Ends = { authorize: string; token: string; scope: string };

/** A clock that the test moves. */
export function movableClock(): Clock & { move(ms: number): void } {
  let aheadMs = 0;
  return {
    now: () => Date.now() + aheadMs,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    move: (ms) => {
      aheadMs += ms;
    },
  };
}

/** An emulator with its first account signed in: requests as a client sends them, without any library. */
export async function signedIn(
  start: (options: CalendarEmulatorOptions) => Promise<CalendarEmulator>,
  ends: Ends,
  clock?: Clock,
) {
  const dataDir = mkdtempSync(join(tmpdir(), "calendar-emulator-"));
  const emulator = await start({ port: 0, dataDir, ...(clock ? { clock } : {}) });
  const form = async (path: string, fields: Record<string, string>) =>
    fetch(emulator.url + path, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  const accounts = (await (await fetch(`${emulator.url}/_emulator/accounts`)).json()) as {
    id: string;
    calendars: { id: string }[];
  }[];
  const [account] = accounts;
  const client = { client_id: "c", redirect_uri: "http://127.0.0.1/back" };
  const consent = { ...client, response_type: "code", scope: ends.scope, access_type: "offline" };
  const decided = await form(ends.authorize, { ...consent, _account: account?.id ?? "" });
  const code = new URL(decided.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const secret = { ...client, client_secret: "s" };
  const given = await form(ends.token, { ...secret, grant_type: "authorization_code", code });
  const tokens = (await given.json()) as { access_token: string; refresh_token: string };

  async function send(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(emulator.url + path, {
      method,
      headers: { authorization: `Bearer ${tokens.access_token}`, "content-type": "application/json", ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const parsed = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, headers: response.headers, body: parsed };
  }

  return {
    url: emulator.url,
    tokens,
    calendarId: account?.calendars[0]?.id ?? "",
    accountId: account?.id ?? "",
    send,
    form,
    secret,
    async close() {
      await emulator.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
