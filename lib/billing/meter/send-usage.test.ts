import { expect, it } from "vitest";
import { subscriptions } from "@/db/schema";
import { DAY, HOUR, MINUTE, meteredTests } from "@/tests/metered-business";
import { queueMissedUsage, sendUsage } from "..";
import type { MeterPort } from "../ports";

const { business, meter } = await meteredTests();

it("a call's minutes reach the meter once, whatever Stripe answers on the way; a trial's never do", async () => {
  const made = await business();
  await made.call(3);
  await made.call(4);
  await made.call(9, 11 * DAY);
  await made.call(7, HOUR, { kind: "test" });
  await meter.fault([
    { kind: "429", times: 1, path: "/v1/billing/meter_events" },
    { kind: "500", times: 3, path: "/v1/billing/meter_events" },
    { kind: "reset-after", times: 1, path: "/v1/billing/meter_events" },
  ]);
  expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "later", sent: 0 });
  expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "done", sent: 0 });
  await made.hurry();
  expect((await sendUsage(made.ctx, meter.port)).outcome).toBe("later");
  await made.hurry();
  expect((await sendUsage(made.ctx, meter.port)).outcome).toBe("done");
  expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "done", sent: 0 });
  expect(await made.counted()).toBe(7);
  expect((await made.states()).sort()).toEqual([
    [3, "sent"],
    [4, "sent"],
  ]);
});

it("a call whose end was told waits for its report; what was counted before the subscription was known is sent too", async () => {
  const made = await business({ customerRef: null });
  const callId = await made.call(5, MINUTE, { reported: false });
  expect(await made.events()).toEqual([]);
  await made.inOrg((tx) => tx.update(subscriptions).set({ customerRef: made.customerRef }));
  expect(await queueMissedUsage(made.ctx)).toBe(1);
  expect(await queueMissedUsage(made.ctx)).toBe(0);
  await made.call(2, MINUTE, { reported: false });
  await sendUsage(made.ctx, meter.port);
  expect(await made.counted()).toBe(5);
  await made.correct(callId, 6);
  await made.hurry();
  await sendUsage(made.ctx, meter.port);
  expect(await made.counted()).toBe(8);
});

it("a change of plan that lies ahead settles nothing that is used before it", async () => {
  const made = await business({ minutesFrom: new Date(meter.clock.now().getTime() + 10 * DAY) });
  await made.call(3);
  expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "done", sent: 1 });
  expect(await made.counted()).toBe(3);
});

it("one at a time for a customer: another who would send meanwhile leaves it", async () => {
  const made = await business();
  for (let n = 0; n < 5; n++) await made.call(1, HOUR + n * MINUTE);
  await meter.control("POST", "/faults", { meterEventMs: 20 });
  const all = await Promise.all([1, 2, 3].map(() => sendUsage(made.ctx, meter.port)));
  expect(all.map(({ outcome }) => outcome).sort()).toEqual(["done", "taken", "taken"]);
  expect(await made.counted()).toBe(5);
});

it("whoever has no time goes on later: what is left is the next one's", async () => {
  const made = await business();
  for (let n = 0; n < 8; n++) await made.call(1, HOUR + n * MINUTE);
  await meter.control("POST", "/faults", { meterEventMs: 60 });
  const first = await sendUsage(made.ctx, meter.port, { mostMs: 150 });
  expect(first.outcome).toBe("later");
  expect(first.sent).toBeLessThan(8);
  await meter.heal();
  expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "done", sent: 8 - first.sent });
  expect(await made.counted()).toBe(8);
});

it("a correction ends with the right count, wherever whoever makes it dies", async () => {
  const steps: [number, number][] = [
    [5, 8],
    [5, 3],
    [5, 0],
  ];
  for (const [before, after] of steps)
    for (let fatal = 1; fatal <= 3; fatal++) {
      const made = await business();
      const callId = await made.call(before);
      await sendUsage(made.ctx, meter.port);
      await made.correct(callId, after);
      await diesAfter(made, fatal);
      if (fatal % 2) await made.correct(callId, after + 1);
      await made.hurry();
      expect((await sendUsage(made.ctx, meter.port)).outcome).toBe("done");
      expect(await made.counted(), `${before} to ${after}, dead after ${fatal}`).toBe(fatal % 2 ? after + 1 : after);
    }
});

/** Answers up to a number of requests; after that one is done, nobody ever hears of it again. */
async function diesAfter(made: Awaited<ReturnType<typeof business>>, fatal: number): Promise<void> {
  let asked = 0;
  let died = () => {};
  const death = new Promise<void>((resolve) => {
    died = resolve;
  });
  const mortal =
    <A extends unknown[], T>(work: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      const answer = await work(...given);
      if (++asked < fatal) return answer;
      died();
      return new Promise<T>(() => {});
    };
  const port: MeterPort = {
    ...meter.port,
    reportMinutes: mortal(meter.port.reportMinutes),
    cancelMinutes: mortal(meter.port.cancelMinutes),
  };
  await Promise.race([sendUsage(made.ctx, port), death]);
  await made.dropLease();
}

it("what nobody remembers after a day is asked for before it is sent again", async () => {
  const made = await business();
  await made.call(3, 10 * MINUTE);
  await made.call(4, HOUR);
  await diesAfter(made, 1);
  await meter.skip(2 * DAY);
  await made.hurry();
  expect((await sendUsage(made.ctx, meter.port)).outcome).toBe("done");
  expect(await made.counted()).toBe(7);
  expect((await made.states()).map(([, state]) => state)).toEqual(["sent", "sent"]);
});
