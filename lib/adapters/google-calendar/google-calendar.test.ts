import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startGoogleCalendarEmulator } from "@/emulators/google-calendar";
import { type Bench, booking, calendarPortContract, full, openBench, value } from "@/tests/calendar-port-contract";
import { connect, consent, receivePushes } from "@/tests/emulated-calendars";
import { googleCalendar } from "./index";

const day = 86_400_000;

calendarPortContract(startGoogleCalendarEmulator, googleCalendar, { hasZones: true });

describe("Google alone", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench(startGoogleCalendarEmulator, googleCalendar);
  });
  afterEach(() => bench.emulator.close());

  const pushOf = ({ port }: Bench) => {
    if (!port.push) throw new Error("no push");
    return port.push;
  };

  test("an account is called by its address; a consent that leaves a permission out is none", async () => {
    const { vendor, accountId } = bench;
    expect((await connect(vendor.oauth, accountId)).label).toBe("maya@studio.example");
    const narrow = await consent(vendor.oauth, accountId, "https://www.googleapis.com/auth/calendar.events");
    expect(await vendor.oauth.exchange(narrow)).toMatchObject({ ok: false, reason: "revoked" });
  });

  test("we give a permission back, and giving it back twice is done", async () => {
    const { vendor, accountId } = bench;
    const refreshToken = (await connect(vendor.oauth, accountId)).refreshToken ?? "";
    value(await vendor.oauth.revoke(refreshToken));
    expect(await vendor.oauth.refresh(refreshToken)).toMatchObject({ ok: false, reason: "revoked" });
    value(await vendor.oauth.revoke(refreshToken));
  });

  test("a quota is told as 403 as well", async () => {
    const { emulator, port, calendar } = bench;
    await emulator.control("POST", "/faults", { rateLimit: { times: 1, as: "403" } });
    expect(await port.changesSince(calendar, full)).toEqual({
      ok: false,
      reason: "rate_limited",
      detail: { retryAfterSeconds: undefined },
    });
  });

  test("the event of a booking has the booking's key for its id", async () => {
    const { port, calendar } = bench;
    expect(value(await port.upsertEvent(calendar, booking, undefined)).externalId).toBe(booking.key);
  });

  test("messages carry the channel's id and secret; a renewed channel stands before the old one ends", async () => {
    const receiver = await receivePushes();
    const { emulator, vendor, calendar, make } = bench;
    try {
      const push = pushOf(bench);
      const request = { address: receiver.address, secret: "sesame", channelId: "chan-1" };
      const channel = value(await push.subscribe(calendar, request));
      expect(channel.expiresInSeconds).toBeGreaterThan(6 * 86_400);
      await receiver.until(1);
      await make({ start: "2027-03-08T09:00:00Z", end: "2027-03-08T10:00:00Z" });
      const read = (await receiver.until(2)).map(({ headers, url, body }) =>
        vendor.readPush({ headers: new Headers(headers as Record<string, string>), query: url.searchParams, body }),
      );
      const notice = (what: string) => ({
        kind: "notices",
        notices: [{ channelId: "chan-1", secret: "sesame", what }],
      });
      expect(read).toEqual([notice("hello"), notice("changed")]);
      expect(vendor.readPush({ headers: new Headers(), query: new URLSearchParams(), body: "" })).toEqual({
        kind: "unreadable",
      });

      const renewed = value(await push.renew(calendar, channel, { ...request, channelId: "chan-2" }));
      const channels = () => emulator.control<{ channelId: string }[]>("GET", "/channels");
      expect((await channels()).map((each) => each.channelId)).toEqual(["chan-2"]);
      value(await push.unsubscribe(renewed));
      value(await push.unsubscribe(renewed));
      expect(await channels()).toEqual([]);
    } finally {
      await receiver.close();
    }
  });

  test("what is left of a channel is reckoned by Google's clock, whatever ours says", async () => {
    await bench.emulator.control("POST", "/faults", { clockSkewMs: -3 * day });
    const receiver = await receivePushes();
    const request = { address: receiver.address, secret: "s", channelId: "c-1" };
    const channel = value(await pushOf(bench).subscribe(bench.calendar, request));
    expect(Math.abs(channel.expiresInSeconds - (7 * day) / 1000)).toBeLessThan(60);
    await receiver.close();
  });
});
