import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { billingItems, calls, meterEvents } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { listBalances } from "@/lib/ledger";
import { systemActor } from "@/lib/platform/context";
import { openSubscribers } from "@/tests/billing/subscribers";
import { DAY } from "@/tests/metered-business";
import { seedCall, seedConnection } from "@/tests/seed-call";
import { applyInvoice, catchUp, countUsage, dismissItem, nextReading, reconcileBilling, sendUsage } from "..";

let subscribers: Awaited<ReturnType<typeof openSubscribers>>;
beforeAll(async () => {
  subscribers = await openSubscribers();
});
afterAll(() => subscribers.engine.emulator.close());

/** Subscribed at Stripe, where its period ends and is invoiced without anybody being told of it here. */
async function unheard() {
  const { database, engine, clock, skip, subscribed } = subscribers;
  const { orgId, ctx: owners, customer } = await subscribed();
  const ctx = { ...owners, actor: systemActor("send-usage") };
  const connectionId = await seedConnection(database, orgId);
  const inOrg = <T>(work: Parameters<typeof withTenant<T>>[2]) => withTenant(database, orgId, work);
  const { port, stripe } = engine;
  return {
    ctx,
    customer,
    inOrg,
    send: () => sendUsage(ctx, port),
    async call(minutes: number) {
      const endedAt = clock.now();
      const startedAt = new Date(endedAt.getTime() - minutes * 60_000);
      const callId = await seedCall(database, orgId, { connectionId, reported: true, startedAt, endedAt });
      await countUsage(ctx, callId);
      return callId;
    },
    async correct(callId: string, minutes: number) {
      const endedAt = sql`answered_at + make_interval(mins => ${minutes})`;
      await inOrg((tx) => tx.update(calls).set({ endedAt }).where(eq(calls.id, callId)));
      await countUsage(ctx, callId);
    },
    skip: (days: number) => skip((days * DAY) / 1000),
    async hears() {
      const span = { from: new Date(clock.now().getTime() - 40 * DAY), to: clock.now() };
      await catchUp(ctx, port, span);
      return reconcileBilling(ctx, port, span);
    },
    async reads() {
      const readingNo = await nextReading(ctx);
      for (const { id } of (await stripe.invoices.list({ customer })).data) {
        const invoice = await port.readInvoice(id ?? "");
        if (invoice) await applyInvoice(ctx, { invoice, readingNo });
      }
    },
    items: () => inOrg((tx) => tx.select().from(billingItems).orderBy(billingItems.foundAt)),
    states: async () =>
      (await inOrg((tx) => tx.select().from(meterEvents).orderBy(meterEvents.revision))).map(({ minutes, state }) => [
        minutes,
        state,
      ]),
    credits: async () => (await stripe.invoiceItems.list({ customer })).data.map(({ amount }) => amount),
    posted: async () => (await listBalances(ctx)).find(({ account }) => account === "billing.credits")?.net,
  };
}

it("a credit that was given up because no invoice came is given once when one does, and its item closes by itself", async () => {
  const made = await unheard();
  const callId = await made.call(309);
  await made.send();
  await made.skip(2);
  await made.correct(callId, 304);
  await made.send();
  await made.skip(36);
  await made.send();
  expect(await made.items()).toMatchObject([{ kind: "meter_refused", facts: { why: "not_invoiced" }, isOpen: true }]);
  for (let n = 0; n < 2; n++) {
    await made.reads();
    await Promise.all([made.send(), made.send()]);
    const { found } = await made.hears();
    expect(found).toEqual([]);
    expect(await made.credits()).toEqual([-125]);
    expect(await made.posted()).toBe(-125n);
  }
  expect(await made.states()).toEqual([
    [309, "sent"],
    [-5, "credited"],
  ]);
  expect(await made.items()).toMatchObject([{ isOpen: false, closedBecause: "corrected" }]);
});

it("what somebody has settled otherwise meanwhile stays given up, and a call that was corrected again is credited whole", async () => {
  const [settled, again] = [await unheard(), await unheard()];
  const ids = [await settled.call(309), await again.call(309)] as const;
  for (const made of [settled, again]) await made.send();
  await settled.skip(2);
  for (const [n, made] of [settled, again].entries()) await made.correct(ids[n] ?? "", 304);
  await settled.skip(36);
  for (const made of [settled, again]) await made.send();
  const [item] = await settled.items();
  expect(await dismissItem(settled.ctx, { itemId: item?.id ?? "", reason: "Given by hand" })).toMatchObject({
    ok: true,
  });
  await again.correct(ids[1], 302);
  for (const made of [settled, again]) {
    await made.hears();
    await made.send();
    await made.hears();
  }
  expect(await settled.credits()).toEqual([]);
  expect(await again.credits()).toEqual([-175]);
  expect(await again.states()).toEqual([
    [309, "sent"],
    [-5, "cancelled"],
    [-7, "credited"],
  ]);
  expect((await again.items()).map(({ isOpen }) => isOpen)).toEqual([false]);
});
