import { expect, it } from "vitest";
import { subscriptions } from "@/db/schema";
import { HOUR, MINUTE, meteredTests } from "@/tests/metered-business";
import { applyProposal, recordMeterErrors, sendUsage } from "..";

const { business, meter } = await meteredTests();

it("minutes that a closed meter refuses wait, seen once, and are sent when it is open again", async () => {
  const made = await business();
  await made.call(3);
  await made.call(4);
  const { data } = await meter.stripe.billing.meters.list();
  const id = data[0]?.id ?? "";
  await meter.stripe.billing.meters.deactivate(id);
  await meter.control("POST", "/settings", { meterErrors: "at-once" });
  try {
    for (let n = 0; n < 3; n++) {
      expect((await sendUsage(made.ctx, meter.port)).outcome).toBe("later");
      await made.hurry();
    }
  } finally {
    await meter.stripe.billing.meters.reactivate(id);
    await meter.control("POST", "/settings", { meterErrors: "later" });
  }
  const items = await made.items();
  expect(items).toMatchObject([{ kind: "meter_refused", subject: made.orgId, isOpen: true }]);
  const asked = await applyProposal(made.ctx, meter.port, items[0]?.id ?? "");
  expect(asked).toMatchObject({ ok: false, reason: "by_hand" });
  expect((await sendUsage(made.ctx, meter.port)).outcome).toBe("done");
  expect(await made.counted()).toBe(7);
  expect(await made.items()).toMatchObject([{ isOpen: false, closedBecause: "gone" }]);
});

it("what Stripe took into a meter that was not active is one item that counts, and is sent again once it is", async () => {
  const made = await business();
  for (let n = 0; n < 3; n++) await made.call(2, HOUR + n * MINUTE);
  const [counts] = (await meter.stripe.billing.meters.list()).data;
  await meter.stripe.billing.meters.deactivate(counts?.id ?? "");
  const refused = async () => {
    await meter.control("POST", "/deliveries/settle", {});
    for (const { id, type } of (await meter.stripe.v2.core.events.list({ limit: 5 })).data)
      if (type === "v1.billing.meter.error_report_triggered")
        await recordMeterErrors(made.ctx, () => made.ctx, meter.port, id);
  };
  try {
    expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "done", sent: 3 });
    await refused();
    await refused();
    const [item, ...more] = await made.items();
    expect(more).toEqual([]);
    expect(item).toMatchObject({ kind: "meter_refused", facts: { why: "inactive", events: 3, minutes: 6 } });
    const asked = await applyProposal(made.ctx, meter.port, item?.id ?? "");
    expect(asked).toMatchObject({ ok: false, reason: "by_hand" });
    await made.call(5);
    expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "later", sent: 0 });
  } finally {
    await meter.stripe.billing.meters.reactivate(counts?.id ?? "");
  }
  expect(await sendUsage(made.ctx, meter.port)).toEqual({ outcome: "done", sent: 4 });
  expect(await made.counted()).toBe(11);
  expect(await made.items()).toMatchObject([{ isOpen: false, closedBecause: "gone" }]);
});

it("what Stripe says later that it did not count is one item with the reason, told twice too, and all of it can be sent again", async () => {
  const made = await business({ customerRef: `cus_gone${Date.now()}` });
  await made.call(3);
  await made.call(4);
  await sendUsage(made.ctx, meter.port);
  await meter.control("POST", "/deliveries/settle", {});
  const { data } = await meter.stripe.v2.core.events.list({ limit: 5 });
  const eventRef = data.find(({ type }) => type === "v1.billing.meter.error_report_triggered")?.id ?? "";
  const record = () => recordMeterErrors(made.ctx, () => made.ctx, meter.port, eventRef);
  expect(await record()).toMatchObject({ recorded: 2, unplaced: 0 });
  expect(await record()).toMatchObject({ recorded: 2 });
  const items = await made.items();
  const facts = { events: 2, minutes: 7, why: "unknown_customer" };
  expect(items).toMatchObject([{ kind: "meter_unknown_customer", subject: made.orgId, facts, isOpen: true }]);
  expect((await made.states()).map(([, state]) => state)).toEqual(["refused", "refused"]);
  await made.inOrg((tx) => tx.update(subscriptions).set({ customerRef: made.customerRef }));
  expect(await applyProposal(made.ctx, meter.port, items[0]?.id ?? "")).toMatchObject({ value: "sent_again" });
  await sendUsage(made.ctx, meter.port);
  expect(await made.counted()).toBe(7);
});
