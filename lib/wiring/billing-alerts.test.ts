import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { members, subscriptions, users } from "@/db/schema";
import { listTrialsEnding } from "@/db/system";
import { withSystem, withTenant } from "@/db/tenant";
import { raiseAlerts, readStanding, setSpendingCap, startTrial } from "@/lib/billing";
import { postEntries } from "@/lib/ledger";
import { newId } from "@/lib/platform/ids";
import { MemoryKv } from "@/lib/platform/kv";
import { type Mail, MailError } from "@/lib/platform/mail";
import { anyDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import type { App } from "./app";
import { mailBillingAlerts } from "./billing-alert-mail";
import { billingLettersTask } from "./billing-letters";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});

async function business(now = "2026-11-20T12:00:00Z") {
  let time = new Date(now);
  const organization = await createTestOrganization(database, {
    now: { now: () => time },
    timeZone: "America/New_York",
  });
  const { ctx, orgId, slug } = organization;
  const mails: Mail[] = [];
  /** Whose mail server does not answer. */
  const away = new Set<string>();
  const app = {
    env: { mode: "embedded", appUrl: "https://caly.example" },
    database,
    clock: { now: () => time },
    keys: ctx.keys,
    log: ctx.log,
    kv: new MemoryKv(),
    mailer: {
      async send(mail: Mail) {
        if (away.has(mail.to) || away.has("all"))
          throw new MailError(false, "The mail server does not answer.", undefined);
        mails.push(mail);
      },
    },
  } as unknown as App;
  let calls = 0;
  /** Minutes of a call that has just ended, counted as the job does it. */
  const call = async (minutes: number) => {
    await postEntries(ctx, {
      cause: { kind: "call", id: `call ${++calls}` },
      effectiveAt: time,
      lines: [
        { debit: "billing.minutes_used", credit: "billing.minutes_given", unit: "minutes", amount: BigInt(minutes) },
      ],
    });
    await raiseAlerts(ctx);
  };
  /** What was written since it was asked last. */
  const letters = async () => {
    await mailBillingAlerts(app, ctx);
    await mailBillingAlerts(app, ctx);
    return mails.splice(0).map(({ subject }) => subject);
  };
  const wait = (days: number) => {
    time = new Date(time.getTime() + days * 86_400_000);
  };
  const subscribe = (row: Partial<typeof subscriptions.$inferInsert>) =>
    withTenant(database, orgId, (tx) =>
      tx
        .update(subscriptions)
        .set({ plan: "starter", status: "active", subscriptionRef: `sub_${orgId}`, ...row })
        .where(eq(subscriptions.orgId, orgId)),
    );
  return { ...organization, slug, call, letters, wait, subscribe, mails, away, app, now: () => time };
}

it("owners hear of half, four fifths and all of their limit, once each; raising it lets them go on and begins anew", async () => {
  const { ctx, as, call, letters, wait, subscribe, mails, app } = await business();
  await startTrial(ctx);
  await subscribe({ periodStartsAt: new Date("2026-11-01T00:00:00Z"), periodEndsAt: new Date("2026-12-01T00:00:00Z") });
  await setSpendingCap(as("owner"), { cap: 1_000n });
  await call(300);
  expect(await letters()).toEqual([]);
  await call(20);
  await Promise.all([raiseAlerts(ctx), raiseAlerts(ctx)]);
  expect(await letters()).toEqual(["50% of your spending limit is used"]);
  await call(5);
  expect(await letters()).toEqual([]);
  await call(15);
  await mailBillingAlerts(app, ctx);
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toContain("minutes beyond the plan have cost $10.00 in this period; your limit is $10.00.");
  expect(mails[0]?.text).toContain("Monday, 30 November 2026 at 19:00 (America/New_York)");
  expect(mails[0]?.text).toMatch(/https:\/\/caly\.example\/o\/t-[a-z0-9]+\/billing$/);
  mails.splice(0);
  expect((await readStanding(ctx))?.standing).toMatchObject({ state: "limited", because: "cap_reached" });
  await setSpendingCap(as("owner"), { cap: 2_000n });
  expect((await readStanding(ctx))?.standing).toMatchObject({ state: "active" });
  await call(1);
  expect(await letters()).toEqual([]);
  wait(1 / 24);
  await call(39);
  expect(await letters()).toEqual(["Your spending limit is reached"]);
});

it("a trial tells of its minutes when they are counted and of its days as they pass", async () => {
  const { ctx, orgId, call, letters, wait, now } = await business();
  await startTrial(ctx);
  const isDue = async () => (await listTrialsEnding(database, now(), 1000)).includes(orgId);
  await call(31);
  expect(await letters()).toEqual(["50% of your trial's minutes are used"]);
  expect(await isDue()).toBe(false);
  wait(11.5);
  for (const subject of ["Your trial ends in 3 days", "Your trial ends within a day", "Your trial is over"]) {
    expect(await isDue()).toBe(true);
    await raiseAlerts(ctx);
    await raiseAlerts(ctx);
    expect(await letters()).toEqual([subject]);
    expect(await isDue()).toBe(false);
    wait(1.6);
  }
});

it("owners hear that a payment failed and when callers can only leave a message, once each; who has paid meanwhile hears nothing", async () => {
  const { ctx, letters, subscribe, wait, mails, app, now } = await business("2026-11-20T12:00:00Z");
  await startTrial(ctx);
  const period = { periodStartsAt: new Date("2026-11-15T00:00:00Z"), periodEndsAt: new Date("2026-12-15T00:00:00Z") };
  await subscribe({ ...period, status: "past_due", pastDueSince: now() });
  await Promise.all([raiseAlerts(ctx), raiseAlerts(ctx)]);
  await mailBillingAlerts(app, ctx);
  expect(mails[0]?.text).toContain(
    "changes nothing until Friday, 4 December 2026 at 07:00 (America/New_York); after it they can only leave a message.",
  );
  expect(mails.splice(0).map(({ subject }) => subject)).toEqual(["Your payment did not go through"]);
  wait(13);
  await raiseAlerts(ctx);
  expect(await letters()).toEqual([]);
  wait(1);
  await raiseAlerts(ctx);
  await subscribe({ status: "active", pastDueSince: null });
  expect(await letters()).toEqual([]);
  await subscribe({ status: "unpaid", pastDueSince: null, periodStartsAt: new Date("2026-12-01T00:00:00Z") });
  await raiseAlerts(ctx);
  expect(await letters()).toEqual(["Callers can only leave a message: a payment is still open"]);
});

it("a letter that no mail server takes for an hour is written in the end, and twice to nobody", async () => {
  const { ctx, orgId, people, wait, call, mails, away, app } = await business();
  const second = newId("user");
  const email = `${second}@example.test`;
  await withSystem(database, (tx) => tx.insert(users).values({ id: second, email, name: "second" }));
  await withTenant(database, orgId, (tx) =>
    tx.insert(members).values({ id: newId("member"), orgId, userId: second, role: "owner" }),
  );
  await startTrial(ctx);
  await call(31);
  const first = `${people.owner?.userId}@example.test`;
  const sweep = () => billingLettersTask.run(app, new AbortController().signal);
  const sentTo = () => mails.splice(0).map(({ to }) => to);
  away.add("all");
  await expect(mailBillingAlerts(app, ctx)).rejects.toThrow(/does not answer/);
  away.clear();
  await sweep();
  expect(sentTo()).toEqual([]);
  wait(1 / 24);
  away.add(email);
  await sweep();
  await sweep();
  expect(sentTo()).toEqual([first]);
  away.clear();
  await sweep();
  await sweep();
  expect(sentTo()).toEqual([email]);
});
