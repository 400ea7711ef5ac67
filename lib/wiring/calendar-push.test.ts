import { sql } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { inTenant } from "@/db/tenant";
import { disconnectAccount, writeCalendarFeed } from "@/lib/calendars";
import { connectForTest } from "@/lib/calendars/testing/connected";
import { closeFromProvider } from "@/lib/organizations";
import { systemActor } from "@/lib/platform/context";
import {
  type connectedCalendar as Connected,
  connectedCalendar,
  type EmulatedVendor,
} from "@/tests/connected-calendar";
import { anyDatabase } from "@/tests/database";
import { calendarVendorsFor } from "./calendar-vendors";
import { calendarSubscriptions } from "./calendar-workers";

const MINUTE = 60_000;

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 2_000; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("it did not come to be");
}

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});

describe.each<EmulatedVendor>(["google", "microsoft"])("what is pushed by %s", (vendor) => {
  let bench: Awaited<ReturnType<typeof Connected>>;
  const open = async () => {
    bench = await connectedCalendar(database, vendor);
    return bench;
  };
  afterEach(() => bench.close());

  const requests = async () => {
    const { rows } = await inTenant(bench.ctx, (tx) =>
      tx.execute(sql`select count(*)::int as n from events where kind = 'calendar.requested'`),
    );
    return (rows[0] as { n: number }).n;
  };

  test("what is made there is pushed, and is neither offered nor booked here", async () => {
    const { sync, make, isDue, offered, book } = await open();
    expect(await sync()).toBe("current");
    expect(await isDue()).toBe(false);
    expect(await offered()).toContain("10:00");
    await make("10:00", "11:00");
    await until(isDue);
    expect(await sync()).toBe("current");
    expect(await offered()).not.toContain("10:00");
    expect(await offered()).not.toContain("10:30");
    expect(await book("10:30")).toMatchObject({ ok: false, reason: "slot_taken" });
    expect(await book("11:00")).toMatchObject({ ok: true, value: { tentative: false } });
  });

  test("five copies of every push cost one reading", async () => {
    const { emulator, sync, make, answers, offered } = await open();
    await sync();
    await emulator.control("POST", "/faults", { push: { copies: 5 } });
    const [before, asked] = [answers.length, await requests()];
    await make("10:00", "11:00");
    await until(() => answers.length >= before + 5);
    expect(new Set(answers.slice(before))).toEqual(new Set([202]));
    expect(await requests()).toBe(asked + 1);
    await sync();
    expect(await offered()).not.toContain("10:00");
  });

  test("a push that does not come in time is not waited for", async () => {
    const { emulator, sync, make, later, turn, offered } = await open();
    await sync();
    await emulator.control("POST", "/faults", { push: { delayMs: 600_000 } });
    await make("10:00", "11:00");
    later(5 * MINUTE);
    expect(await turn()).toEqual({ outcome: "current", isStale: false });
    expect(await offered()).not.toContain("10:00");
  });

  test("a token of changes that is not honoured any more costs one full reading", async () => {
    const { account, emulator, sync, make, offered } = await open();
    const dentist = await make("10:00", "11:00");
    await sync();
    await emulator.control("DELETE", `/events/${dentist.id}`);
    await make("15:00", "16:00");
    await account("expire-sync-tokens");
    expect(await sync()).toBe("current");
    expect(await offered()).toContain("10:00");
    expect(await offered()).not.toContain("15:30");
  });

  test("a quota that is used up is waited for as long as the vendor says", async () => {
    const { emulator, sync, make, later, turn, offered } = await open();
    await sync();
    await make("10:00", "11:00");
    await emulator.control("POST", "/faults", { rateLimit: { times: 1, retryAfterSeconds: 600 } });
    expect(await sync()).toBe("failed");
    later(9 * MINUTE);
    expect((await turn()).outcome).toBeUndefined();
    later(2 * MINUTE);
    expect((await turn()).outcome).toBe("current");
    expect(await offered()).not.toContain("10:00");
  });

  test("disconnecting ends it: no channel stays there, no secret here, and the permission is withdrawn", async () => {
    const { app, ctx, emulator, sync, accountId, later } = await open();
    await sync();
    expect(await emulator.control("GET", "/channels")).toHaveLength(1);
    // The access token has run out meanwhile.
    later(2 * 60 * MINUTE);
    await disconnectAccount(ctx, { accountId }, calendarVendorsFor(app));
    expect(await emulator.control("GET", "/channels")).toEqual([]);
    expect(await sync()).toBe("not_followed");
    const refreshed = await emulator.control<object[]>("GET", "/requests");
    if (vendor === "google") expect(JSON.stringify(refreshed)).toContain("/revoke");
  });

  test("closing the organisation ends it as well, also where the vendor does not listen", async () => {
    const { app, ctx, orgId, emulator, sync, anna, ben } = await open();
    await sync();
    await connectForTest(ctx, ben.id);
    await writeCalendarFeed(ctx, { staffId: null, showsDetails: true });
    const sealed = async () =>
      (
        await inTenant(ctx, (tx) =>
          tx.execute(sql`select id from calendar_accounts union all select id from calendars
            union all select id from calendar_feeds union all select item_id from calendar_busy`),
        )
      ).rows;
    expect(await sealed()).not.toEqual([]);
    if (vendor === "google") await emulator.control("POST", "/faults", { downForMs: 60_000 });
    await closeFromProvider({ ...ctx, actor: systemActor("identity") }, { at: app.clock.now() });
    // A browser that was at the vendor's consent page comes back too late.
    await expect(connectForTest(ctx, anna.id)).rejects.toMatchObject({ code: "not_found" });
    for (const round of [1, 2]) {
      await calendarSubscriptions["forget-calendars"]?.run(
        app,
        { orgId, subjectId: orgId, eventId: `evt_${round}` },
        AbortSignal.timeout(10_000),
      );
      expect(await sealed()).toEqual([]);
    }
    if (vendor === "microsoft") expect(await emulator.control("GET", "/channels")).toEqual([]);
    const events = await inTenant(ctx, (tx) =>
      tx.execute(sql`select kind from events where kind = 'organization.closed'`),
    );
    expect(calendarSubscriptions["forget-calendars"]?.on).toContain(events.rows[0]?.kind);
  });

  test("what is no push of ours is refused, asks for nothing, and is never a fault of ours", async () => {
    const { emulator, sync, push } = await open();
    await sync();
    const asked = await requests();
    const [channel] = await emulator.control<{ channelId?: string; id?: string }[]>("GET", "/channels");
    const channelId = channel?.channelId ?? channel?.id ?? "";
    const send = (body: string | undefined, headers: Record<string, string> = {}, query = "") =>
      push(
        new Request(`http://localhost/push${query}`, {
          method: "POST",
          headers,
          ...(body === undefined ? {} : { body }),
        }),
      );
    const google = (id: string, token: string) => ({
      ...{ "x-goog-channel-id": id, "x-goog-channel-token": token, "x-goog-resource-state": "exists" },
    });
    const graph = (subscriptionId: unknown, clientState: unknown) =>
      JSON.stringify({ value: [{ subscriptionId, clientState, changeType: "updated", resource: "x" }] });
    const statuses = async (requests: Promise<Response>[]) =>
      (await Promise.all(requests)).map((response) => response.status);
    if (vendor === "google") {
      const hostile = [send("", google("nobody", "x")), send("", google(channelId, "x")), send(undefined), send("[]")];
      expect(await statuses(hostile)).toEqual([404, 401, 400, 400]);
      expect(await statuses([send("", google("x".repeat(5000), "")), send("", google("a\u00e9'\"--", "y"))])).toEqual([
        400, 400,
      ]);
    } else {
      const hostile = [
        graph("nobody", "x"),
        graph(channelId, "x"),
        "",
        "{",
        "{}",
        "[]",
        '{"value":{}}',
        graph(7, null),
      ];
      expect(await statuses(hostile.map((body) => send(body)))).toEqual([404, 401, 400, 400, 400, 400, 400, 400]);
      expect(await statuses([send(graph("\u0000\ud800", "\u0000")), send(graph(channelId, "\u0000"))])).toEqual([
        400, 401,
      ]);
      const token = await send("", {}, `?validationToken=${encodeURIComponent("<b>1 & 2</b>")}`);
      expect([token.status, token.headers.get("content-type"), await token.text()]).toEqual([
        ...[200, "text/plain; charset=utf-8", "<b>1 & 2</b>"],
      ]);
      expect(await statuses([send("", {}, `?validationToken=${"x".repeat(3000)}`)])).toEqual([400]);
    }
    expect(await statuses([send("x".repeat(300_000)), send(Buffer.from([0xff, 0xfe]).toString("latin1"))])).toEqual([
      413, 400,
    ]);
    expect(await requests()).toBe(asked);
  });
});
