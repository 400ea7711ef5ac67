import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach } from "vitest";
import type { Database } from "@/db/client";
import { billingItems, type calls, invoiceLines, invoices, meterEvents, subscriptions } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { openStripe } from "@/emulators/stripe/testing/sdk";
import { stripeBilling } from "@/lib/adapters/stripe";
import { countUsage } from "@/lib/billing";
import { newId } from "@/lib/platform/ids";
import { anyDatabase } from "./database";
import { createTestOrganization } from "./organization";
import { seedCall, seedConnection } from "./seed-call";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** An emulated Stripe with the meter, and a clock that moves for it and for us. */
export async function openMeter() {
  const open = await openStripe();
  await open.stripe.billing.meters.create({
    display_name: "Minutes of calls",
    event_name: "caly_minutes",
    default_aggregation: { formula: "sum" },
  });
  let ahead = 0;
  return {
    ...open,
    port: stripeBilling({ secretKey: "sk_test_emulated", baseUrl: open.emulator.url }),
    clock: { now: () => new Date(Date.now() + ahead) },
    async skip(ms: number) {
      ahead += ms;
      await open.control("POST", "/clock", { skipSeconds: Math.round(ms / 1000) });
    },
    fault: (requests: object[]) => open.control("POST", "/faults", { requests }),
    heal: () => open.control("DELETE", "/faults"),
  };
}

export type OpenMeter = Awaited<ReturnType<typeof openMeter>>;

/** What a file of tests shares: a database and a meter, which is healed after each test. */
export async function meteredTests() {
  const [database, meter] = await Promise.all([anyDatabase(), openMeter()]);
  afterAll(() => meter.close());
  afterEach(() => meter.heal());
  const business = (row?: Parameters<typeof meteredBusiness>[2]) => meteredBusiness(database, meter, row);
  return { database, meter, business };
}

/** A subscribed business whose calls are counted and told to `meter`. The period began ten days ago and lasts twenty more. */
export async function meteredBusiness(
  database: Database,
  meter: OpenMeter,
  row: Partial<typeof subscriptions.$inferInsert> = {},
) {
  const { clock, stripe, port } = meter;
  const organization = await createTestOrganization(database, { now: clock });
  const { orgId, ctx } = organization;
  const connectionId = await seedConnection(database, orgId);
  const customer = await stripe.customers.create({ name: orgId });
  const began = new Date(clock.now().getTime() - 10 * DAY);
  await withTenant(database, orgId, (tx) =>
    tx.insert(subscriptions).values({
      orgId,
      plan: "starter",
      planVersion: 1,
      status: "active",
      currency: "USD",
      customerRef: customer.id,
      subscriptionRef: `sub_${orgId}`,
      billedFrom: began,
      periodStartsAt: began,
      periodEndsAt: new Date(began.getTime() + 30 * DAY),
      ...row,
    }),
  );
  const inOrg = <T>(work: Parameters<typeof withTenant<T>>[2]) => withTenant(database, orgId, work);
  const events = () => inOrg((tx) => tx.select().from(meterEvents).orderBy(meterEvents.callId, meterEvents.revision));
  return {
    ...organization,
    connectionId,
    customerRef: customer.id,
    began,
    inOrg,
    /** A call that was reported, of so many minutes, that ended so long ago. */
    async call(minutes: number, ago = 5 * MINUTE, more: Partial<typeof calls.$inferInsert> = {}) {
      const endedAt = new Date(clock.now().getTime() - ago);
      const startedAt = new Date(endedAt.getTime() - minutes * MINUTE);
      const callId = await seedCall(database, orgId, { connectionId, reported: true, startedAt, endedAt, ...more });
      await countUsage(ctx, callId);
      return callId;
    },
    /** The report came late and says another length. */
    async correct(callId: string, minutes: number) {
      await inOrg((tx) =>
        tx.execute(
          sql`update calls set ended_at = answered_at + make_interval(mins => ${minutes}) where org_id = ${orgId} and id = ${callId}`,
        ),
      );
      await countUsage(ctx, callId);
    },
    /** An invoice of the period, as it would have been read at the engine. */
    async invoice(minutes: number, span: { from: Date; to: Date }) {
      const id = newId("invoice");
      const periods = { periodStartsAt: span.from, periodEndsAt: span.to };
      const beyond = BigInt(Math.max(0, minutes - 300)) * 25n;
      await inOrg(async (tx) => {
        await tx.insert(invoices).values({
          id,
          orgId,
          ref: `in_${id}`,
          status: "paid",
          reason: "subscription_cycle",
          currency: "USD",
          subtotal: beyond,
          tax: 0n,
          total: beyond,
          amountDue: beyond,
          amountPaid: beyond,
          issuedAt: span.to,
          readingNo: 1n,
          ...periods,
        });
        const base = {
          orgId,
          invoiceId: id,
          kind: "minutes",
          plan: "starter",
          planVersion: 1,
          billedEvery: "month",
          ...periods,
        } as const;
        const lines = [
          { position: 0, ref: "il_0", description: "included", quantity: BigInt(Math.min(300, minutes)), amount: 0n },
          { position: 1, ref: "il_1", description: "beyond", quantity: beyond / 25n, amount: beyond },
        ];
        await tx.insert(invoiceLines).values(lines.map((line) => ({ ...base, ...line })));
      });
    },
    events,
    states: async () => (await events()).map(({ minutes, state }) => [minutes, state] as const),
    items: () => inOrg((tx) => tx.select().from(billingItems).orderBy(billingItems.foundAt)),
    /** What Stripe's meter has of the last forty days. */
    counted() {
      const to = Math.floor(clock.now().getTime() / MINUTE) * MINUTE + MINUTE;
      return port.countedMinutes({ customerRef: customer.id, from: new Date(to - 40 * DAY), to: new Date(to) });
    },
    /** As if whoever held it had been killed a while ago. */
    dropLease: () =>
      inOrg((tx) => tx.update(subscriptions).set({ meterLeaseUntil: null }).where(eq(subscriptions.orgId, orgId))),
    hurry: () => inOrg((tx) => tx.update(meterEvents).set({ nextAttemptAt: new Date(0) })),
  };
}
