import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startMicrosoftCalendarEmulator } from "@/emulators/microsoft-calendar";
import {
  type Bench,
  booking,
  calendarPortContract,
  full,
  openBench,
  since,
  value,
} from "@/tests/calendar-port-contract";
import { connect, consent, receivePushes } from "@/tests/emulated-calendars";
import { microsoftCalendar } from "./index";

const hour = 3_600_000;
const day = 24 * hour;

calendarPortContract(startMicrosoftCalendarEmulator, microsoftCalendar, { hasZones: false });

describe("Microsoft alone", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench(startMicrosoftCalendarEmulator, microsoftCalendar);
  });
  afterEach(() => bench.emulator.close());

  const subscribe = async (address: string) => {
    const answer = await bench.port.push?.subscribe(bench.calendar, { address, secret: "sesame", channelId: "unused" });
    if (!answer) throw new Error("no push");
    return answer;
  };
  const notThere = async () =>
    (await bench.emulator.control<{ isCancelled: boolean }[]>("GET", `/accounts/${bench.accountId}/events`)).filter(
      (event) => !event.isCancelled,
    );

  test("a refresh gives another refresh token, and the account is called by its address", async () => {
    const { vendor, accountId } = bench;
    const account = await connect(vendor.oauth, accountId);
    expect(account.label).toBe("maya@studio.example");
    const fresh = value(await vendor.oauth.refresh(account.refreshToken ?? ""));
    expect(fresh.refreshToken).toEqual(expect.any(String));
    expect(fresh.refreshToken).not.toBe(account.refreshToken);
    const narrow = await consent(vendor.oauth, accountId, "offline_access User.Read");
    expect(await vendor.oauth.exchange(narrow)).toMatchObject({ ok: false, reason: "revoked" });
  });

  test("occurrences, of which little is told, block as their series does", async () => {
    const rule = "RRULE:FREQ=WEEKLY;COUNT=3";
    const busy = await bench.make({ start: "2027-03-01T16:00:00Z", end: "2027-03-01T17:00:00Z", rule });
    const free = await bench.make({
      start: "2027-03-02T16:00:00Z",
      end: "2027-03-02T17:00:00Z",
      rule,
      showing: "free",
    });
    const elsewhere = { start: "2027-03-03T08:00:00Z", end: "2027-03-03T16:00:00Z", rule, showing: "workingElsewhere" };
    const away = await bench.make(elsewhere);
    const { items } = value(await bench.port.changesSince(bench.calendar, full));
    const blocks = Object.fromEntries(items.map((item) => [item.itemId, item.blocks.length]));
    expect(blocks).toEqual({ [busy.id]: 3, [free.id]: 0, [away.id]: 0 });
  });

  test("an occurrence that was moved blocks where it is, and not where it was", async () => {
    const rule = "RRULE:FREQ=DAILY;COUNT=2";
    const { id } = await bench.make({ start: "2027-03-01T16:00:00Z", end: "2027-03-01T17:00:00Z", rule });
    const { token } = value(await bench.port.changesSince(bench.calendar, full));
    await bench.emulator.control("POST", `/events/${id}/occurrences`, {
      originalStart: "2027-03-02T16:00:00Z",
      start: "2027-03-02T18:00:00Z",
      end: "2027-03-02T19:00:00Z",
    });
    for (const request of [since(token), full]) {
      const { items } = value(await bench.port.changesSince(bench.calendar, request));
      const starts = items.flatMap((item) => item.blocks).map((block) => new Date(block.startMs).toISOString());
      expect(starts).toEqual(["2027-03-01T16:00:00.000Z", "2027-03-02T18:00:00.000Z"]);
    }
  });

  test("a try with other content than the one before, whose answer was lost, changes the one event", async () => {
    const { port, calendar } = bench;
    const first = value(await port.upsertEvent(calendar, booking, undefined));
    const moved = { ...booking, startMs: booking.startMs + hour, endMs: booking.endMs + hour };
    expect(value(await port.upsertEvent(calendar, moved, undefined)).externalId).toBe(first.externalId);
    expect(await notThere()).toMatchObject([{ start: "2027-03-10T10:00:00.000Z" }]);
  });

  test("an event its owner deleted several times is made each time, and stays known for ours", async () => {
    const { port, calendar, emulator } = bench;
    for (let time = 0; time < 3; time++) {
      const { externalId } = value(await port.upsertEvent(calendar, booking, undefined));
      const { items } = value(await port.changesSince(calendar, full));
      expect(items).toMatchObject([{ itemId: externalId, key: booking.key }]);
      await emulator.control("DELETE", `/events/${externalId}`);
    }
  });

  test("a subscription is made once its address has answered; notices carry its id and secret, and say what is up", async () => {
    const receiver = await receivePushes();
    const { emulator, vendor, make } = bench;
    try {
      const channel = value(await subscribe(receiver.address));
      expect(channel.expiresInSeconds).toBeGreaterThan(69 * 3600);
      // The same address takes what concerns the subscription itself: it was asked twice.
      expect(receiver.received.map(({ url }) => url.searchParams.has("validationToken"))).toEqual([true, true]);
      await make({ start: "2027-03-08T09:00:00Z", end: "2027-03-08T10:00:00Z" });
      await receiver.until(3);
      for (const lifecycleEvent of ["missed", "reauthorizationRequired", "subscriptionRemoved"]) {
        const before = receiver.received.length;
        await emulator.control("POST", `/channels/${channel.channelId}/lifecycle`, { lifecycleEvent });
        await receiver.until(before + 1);
      }
      const read = receiver.received.map(({ headers, url, body }) =>
        vendor.readPush({ headers: new Headers(headers as Record<string, string>), query: url.searchParams, body }),
      );
      expect(read[0]).toEqual({
        kind: "handshake",
        answer: receiver.received[0]?.url.searchParams.get("validationToken"),
      });
      const notice = (what: string) => ({
        kind: "notices",
        notices: [{ channelId: channel.channelId, secret: "sesame", what }],
      });
      expect(read.slice(2)).toEqual([notice("changed"), notice("missed"), notice("ending"), notice("ended")]);
      for (const body of ["", "{}", "[]", '{"value":[{"subscriptionId":7}]}', "\u0000"])
        expect(vendor.readPush({ headers: new Headers(), query: new URLSearchParams(), body })).toEqual({
          kind: "unreadable",
        });
    } finally {
      await receiver.close();
    }
  });

  test("a renewed subscription is another, and the one before is gone", async () => {
    const receiver = await receivePushes();
    const { emulator, port, calendar } = bench;
    const channel = value(await subscribe(receiver.address));
    const request = { address: receiver.address, secret: "second", channelId: "unused" };
    if (!port.push) throw new Error("no push");
    const renewed = value(await port.push.renew(calendar, channel, request));
    const standing = () => emulator.control<{ id: string; clientState: string }[]>("GET", "/channels");
    expect(await standing()).toMatchObject([{ id: renewed.channelId, clientState: "second" }]);
    for (let time = 0; time < 2; time++) value(await port.push.unsubscribe(renewed));
    expect(await standing()).toEqual([]);
    await receiver.close();
  });

  test.each([-2 * day, 2 * day])("a subscription stands although the clocks differ by %d ms", async (clockSkewMs) => {
    await bench.emulator.control("POST", "/faults", { clockSkewMs });
    await bench.emulator.control("POST", `/accounts/${bench.accountId}/expire-access-tokens`);
    const receiver = await receivePushes();
    const channel = value(await subscribe(receiver.address));
    expect(channel.expiresInSeconds).toBeGreaterThan(20 * 3600);
    expect(channel.expiresInSeconds).toBeLessThan(71 * 3600);
    await receiver.close();
  });

  test("an address that does not answer as it should gets no subscription", async () => {
    expect(await subscribe("http://127.0.0.1:9/")).toMatchObject({ ok: false, reason: "rejected" });
  });
});
