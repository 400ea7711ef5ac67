import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { listAccounts } from "@/lib/calendars";
import { connectedCalendar } from "@/tests/connected-calendar";
import { anyDatabase } from "@/tests/database";
import { beginConnect, finishConnect, pendingConnect } from "./calendar-connect";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});

describe("connecting an account at a vendor", () => {
  let bench: Awaited<ReturnType<typeof connectedCalendar>>;
  let remoteId: string;
  beforeEach(async () => {
    bench = await connectedCalendar(database, "google");
    const order = { email: "ben@salon.example", name: "Ben", calendars: [{ name: "Chair 2" }] };
    remoteId = (await bench.emulator.control<{ id: string }>("POST", "/accounts", order)).id;
  });
  afterEach(() => bench.close());

  const begin = async () => {
    const begun = await beginConnect(bench.app, bench.ctx, { vendor: "google", slug: "salon", staffId: bench.ben.id });
    if (!begun.ok) throw new Error(begun.reason);
    return { ...begun.value, url: new URL(begun.value.url) };
  };
  /** What the vendor sends the browser back with. */
  const decide = async (url: URL, account: string) => {
    const body = new URLSearchParams([...url.searchParams, ["_account", account]]);
    const answer = await fetch(url.origin + url.pathname, { method: "POST", body, redirect: "manual" });
    const back = new URL(answer.headers.get("location") ?? "");
    expect(back.origin + back.pathname).toBe(`${bench.app.env.appUrl}/api/calendars/google/callback`);
    return back.searchParams;
  };

  test("keeps the account with its calendars, the main one counting as busy", async () => {
    const { url, cookie } = await begin();
    const back = await decide(url, remoteId);
    const pending = pendingConnect(bench.app, "google", cookie, back.get("state"));
    if (!pending) throw new Error("nothing was begun");
    const done = await finishConnect(bench.app, bench.ctx, pending, back.get("code") ?? "");
    if (!done.ok) throw new Error(done.reason);
    const account = (await listAccounts(bench.ctx)).find((each) => each.id === done.value);
    expect(account).toMatchObject({ label: "ben@salon.example", staffId: bench.ben.id, mode: "emulated" });
    expect(account?.calendars.map(({ name, blocks }) => [name, blocks]).sort()).toEqual([
      ["Calendar", true],
      ["Chair 2", false],
    ]);
    expect(JSON.stringify(account)).not.toMatch(/at-|1\/\//);
    // The code has served.
    expect(await finishConnect(bench.app, bench.ctx, pending, back.get("code") ?? "")).toMatchObject({ ok: false });
  });

  test("is nobody's but the browser's that began, for a quarter of an hour, at that vendor", async () => {
    const { url, cookie } = await begin();
    const state = (await decide(url, remoteId)).get("state");
    expect(pendingConnect(bench.app, "google", cookie, state)).toBeDefined();
    expect(pendingConnect(bench.app, "google", undefined, state)).toBeUndefined();
    expect(pendingConnect(bench.app, "google", `${cookie}x`, state)).toBeUndefined();
    expect(pendingConnect(bench.app, "google", cookie, "another")).toBeUndefined();
    expect(pendingConnect(bench.app, "google", cookie, null)).toBeUndefined();
    expect(pendingConnect(bench.app, "microsoft", cookie, state)).toBeUndefined();
    bench.later(16 * 60_000);
    expect(pendingConnect(bench.app, "google", cookie, state)).toBeUndefined();
  });

  test("says why nothing came of it", async () => {
    const { url, cookie } = await begin();
    const refused = await decide(url, "");
    expect([refused.get("error"), refused.get("code")]).toEqual(["access_denied", null]);
    const narrow = new URL(url);
    narrow.searchParams.set("scope", "https://www.googleapis.com/auth/calendar.events");
    const back = await decide(narrow, remoteId);
    const pending = pendingConnect(bench.app, "google", cookie, back.get("state"));
    if (!pending) throw new Error("nothing was begun");
    expect(await finishConnect(bench.app, bench.ctx, pending, back.get("code") ?? "")).toMatchObject({
      ok: false,
      reason: "not_given",
    });
    await bench.emulator.control("POST", "/faults", { downForMs: 60_000 });
    expect(await finishConnect(bench.app, bench.ctx, pending, "x")).toMatchObject({
      ok: false,
      reason: "not_answered",
    });
    expect((await listAccounts(bench.ctx)).filter((account) => account.staffId === bench.ben.id)).toEqual([]);
    const input = { vendor: "microsoft", slug: "salon", staffId: bench.ben.id } as const;
    expect(await beginConnect(bench.app, bench.ctx, input)).toMatchObject({ ok: false, reason: "not_configured" });
  });
});
