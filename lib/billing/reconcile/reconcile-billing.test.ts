import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { listBalances } from "@/lib/ledger";
import { DAY, HOUR, MINUTE, meteredTests } from "@/tests/metered-business";
import { applyProposal, catchUp, dismissItem, reconcileBilling, sendUsage } from "..";
import { applyCharge } from "../invoices/apply-charge";
import { applyInvoice } from "../invoices/apply-invoice";
import { openItem } from "../items/keep-item";
import type { InvoiceRecord } from "../ports";

const { business, meter } = await meteredTests();

type Made = Awaited<ReturnType<typeof business>>;
const lately = () => ({ from: new Date(meter.clock.now().getTime() - 20 * DAY), to: meter.clock.now() });
const kindsOf = async (made: Made) =>
  (await made.items()).filter(({ isOpen }) => isOpen).map(({ kind, subject }) => [kind, subject]);
const reconcile = (made: Made) => reconcileBilling(made.ctx, meter.port, lately());

it("nothing differs where all went well, nor where messages are on their way", async () => {
  const made = await business();
  const corrected = await made.call(5, 3 * HOUR);
  await made.call(5, 3 * HOUR + 5 * MINUTE);
  await made.call(7, 12 * DAY);
  await sendUsage(made.ctx, meter.port);
  await made.correct(corrected, 3);
  await sendUsage(made.ctx, meter.port);
  expect((await reconcile(made)).found).toEqual([]);
  await made.call(2, MINUTE);
  await made.call(2, 2 * MINUTE, { status: "in_progress", endedAt: null });
  await meter.skip(2 * HOUR);
  expect((await reconcile(made)).found.map(({ kind }) => kind)).toEqual([]);
});

it("what is heard of a call long after its end has an hour to be counted", async () => {
  const made = await business();
  const callId = await made.call(4, 3 * HOUR, { lastEventAt: meter.clock.now() });
  await sendUsage(made.ctx, meter.port);
  await made.inOrg((tx) => tx.execute(sql`update calls set cost_micros = 34600 where id = ${callId}`));
  expect((await reconcile(made)).found).toEqual([]);
  await meter.skip(2 * HOUR);
  expect((await reconcile(made)).found.map(({ kind, subject }) => [kind, subject])).toEqual([["cost_differs", callId]]);
});

it("what the meter lost is found by its call, sent again under another identifier, and nothing then", async () => {
  const made = await business();
  const lost = await made.call(5, 30 * HOUR);
  await made.call(3, 30 * HOUR + 10_000);
  await made.correct(lost, 9);
  await sendUsage(made.ctx, meter.port);
  await meter.control("POST", `/meter-events/${lost}_1/lose`, {});
  await meter.skip(2 * HOUR);
  await reconcile(made);
  await reconcile(made);
  expect(await kindsOf(made)).toEqual([["lost_meter_event", lost]]);
  const [item] = await made.items();
  const answers = await Promise.all([1, 2].map(() => applyProposal(made.ctx, meter.port, item?.id ?? "")));
  expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
  await sendUsage(made.ctx, meter.port);
  expect(await made.counted()).toBe(12);
  await meter.skip(2 * HOUR);
  expect((await reconcile(made)).found).toEqual([]);
  const audit = await made.inOrg((tx) =>
    tx.execute(sql`select changes from audit_entries where org_id = ${made.orgId} and action = 'billing_item.changed'`),
  );
  expect(audit.rows).toHaveLength(2);
});

it("a difference that was dismissed says why, and is not found again while its figures stay the same", async () => {
  const made = await business();
  const found = (minutes: number) =>
    openItem(made.ctx, { kind: "cost_differs", subject: "call_x", facts: { minutes }, proposal: "Look at it" });
  const itemId = await found(1);
  const dismiss = (reason: string, ctx = made.ctx) => dismissItem(ctx, { itemId, reason });
  await expect(dismiss("  ")).rejects.toMatchObject({ code: "invalid_input" });
  await expect(dismiss("no", made.as("owner"))).rejects.toMatchObject({ code: "forbidden" });
  expect(await dismiss("The provider's own mistake")).toMatchObject({ ok: true });
  expect(await dismiss("again")).toMatchObject({ ok: false, reason: "not_open" });
  expect(await found(1)).toBe(itemId);
  expect(await made.items()).toMatchObject([{ closedBecause: "dismissed: The provider's own mistake", isOpen: false }]);
  expect(await found(2)).not.toBe(itemId);
});

it("minutes that the meter has twice are credited once they were charged, and are no difference any more", async () => {
  const made = await business();
  const doubled = await made.call(8, 30 * HOUR);
  await sendUsage(made.ctx, meter.port);
  const [event] = await made.events();
  const { customerRef } = made;
  const at = event?.effectiveAt ?? new Date();
  await meter.port.reportMinutes({ identifier: "somebody_else", customerRef, minutes: 8, at, attempt: 0 });
  await meter.skip(2 * HOUR);
  await reconcile(made);
  expect(await kindsOf(made)).toEqual([["billed_twice", doubled]]);
  const [item] = await made.items();
  expect(await applyProposal(made.ctx, meter.port, item?.id ?? "")).toMatchObject({
    ok: false,
    reason: "not_invoiced",
  });
  await made.invoice(305, { from: made.began, to: new Date(made.began.getTime() + 30 * DAY) });
  expect(await applyProposal(made.ctx, meter.port, item?.id ?? "")).toMatchObject({ ok: true, value: "credited" });
  expect((await meter.stripe.invoiceItems.list({ customer: customerRef })).data.map(({ amount }) => amount)).toEqual([
    -125,
  ]);
  expect((await reconcile(made)).found).toEqual([]);
});

it("who was credited minutes that were counted twice gets a correction at what is left of them", async () => {
  const made = await business();
  const doubled = await made.call(8, 30 * HOUR);
  const corrected = await made.call(6, 29 * HOUR);
  await sendUsage(made.ctx, meter.port);
  const [event] = (await made.events()).filter(({ callId }) => callId === doubled);
  const { customerRef } = made;
  const at = event?.effectiveAt ?? new Date();
  await meter.port.reportMinutes({ identifier: `twice_${made.orgId}`, customerRef, minutes: 8, at, attempt: 0 });
  await meter.skip(2 * HOUR);
  await reconcile(made);
  const [item] = await made.items();
  await made.invoice(310, { from: made.began, to: new Date(made.began.getTime() + 30 * DAY) });
  const credits = async () =>
    (await meter.stripe.invoiceItems.list({ customer: customerRef })).data.map(({ amount }) => amount);
  expect(await applyProposal(made.ctx, meter.port, item?.id ?? "")).toMatchObject({ ok: true, value: "credited" });
  expect(await credits()).toEqual([-200]);
  await made.correct(corrected, 1);
  await made.hurry();
  await sendUsage(made.ctx, meter.port);
  expect((await credits()).sort(), "two of ten minutes beyond the plan are left").toEqual([-200, -50]);
});

it("two credits at the same moment are worth together what one after the other is, and what Stripe has of a cause is what is posted", async () => {
  const made = await business();
  await sendUsage(made.ctx, meter.port);
  await made.invoice(312, { from: made.began, to: new Date(made.began.getTime() + 30 * DAY) });
  const at = new Date(meter.clock.now().getTime() - 3 * HOUR).toISOString();
  const twice = (subject: string, minutes: number) =>
    openItem(made.ctx, { kind: "billed_twice", subject, facts: { minutes, at }, proposal: "Credit it" });
  const credits = async () =>
    (await meter.stripe.invoiceItems.list({ customer: made.customerRef })).data.map(({ amount }) => amount).sort();
  // Whoever gave it died before it was written down.
  const known = await twice("call_a", 4);
  await meter.port.giveCredit({
    ...{ customerRef: made.customerRef, amount: 60n, currency: "USD", description: "A credit", cause: known },
  });
  expect(await applyProposal(made.ctx, meter.port, known)).toMatchObject({ ok: true, value: "credited" });
  const slow: typeof meter.port = {
    ...meter.port,
    async giveCredit(credit) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      return meter.port.giveCredit(credit);
    },
  };
  const items = [await twice("call_b", 5), await twice("call_c", 5)];
  const given = await Promise.all(items.map((id) => applyProposal(made.ctx, slow, id)));
  expect(given.map(({ ok }) => ok)).toEqual([true, true]);
  expect(await credits()).toEqual([-125, -60, -75]);
  const posted = (await listBalances(made.ctx)).find(({ account }) => account === "billing.credits");
  expect(posted?.net).toBe(-260n);
});

it("an erased call that nobody counted is found as any other", async () => {
  const made = await business();
  const callId = await made.call(4, 3 * HOUR, { status: "in_progress", endedAt: null, reported: false });
  const at = sql`${new Date(meter.clock.now().getTime() - 3 * HOUR).toISOString()}::timestamptz`;
  const erased = sql`status = 'ended', ended_reason = 'unknown', ended_at = ${at}, erased_at = ${at}`;
  await made.inOrg((tx) => tx.execute(sql`update calls set ${erased} where id = ${callId}`));
  await reconcile(made);
  expect(await kindsOf(made)).toEqual([["underbilled", callId]]);
});

it("calls that got stuck, that nobody counted and whose cost changed are found; what is mended closes by itself", async () => {
  const made = await business();
  const open = await made.call(0, 40 * HOUR, { status: "in_progress", endedAt: null, reported: false });
  const silent = await made.call(4, 30 * HOUR, { reported: false, endedReason: "unknown" });
  const dear = await made.call(4, 29 * HOUR, { costMicros: 1000 });
  await sendUsage(made.ctx, meter.port);
  await made.inOrg((tx) =>
    tx.execute(sql`update calls set cost_micros = 1500 where org_id = ${made.orgId} and id = ${dear}`),
  );
  const provider = (callId: string) =>
    Promise.resolve({ costMicros: null, isOver: true, seconds: callId === dear ? 240 : 125 });
  await reconcileBilling(made.ctx, meter.port, lately(), provider);
  expect((await kindsOf(made)).sort()).toEqual(
    [
      ["stuck_call", open],
      ["stuck_call", silent],
      ["cost_differs", dear],
    ].sort(),
  );
  await made.correct(dear, 4);
  expect((await reconcile(made)).closed).toBe(1);
});

it("a payment that was told for no invoice and is there no more closes by itself, once it has been looked for", async () => {
  const made = await business();
  const told = (ref: string, ago: number) =>
    applyCharge(made.ctx, {
      ...{ ref, customerRef: made.customerRef, invoiceRef: null, currency: "USD", amount: 500n },
      ...{ paidAt: new Date(meter.clock.now().getTime() - ago), refunds: [], disputes: [] },
    });
  await told("ch_gone", 3 * HOUR);
  await told("ch_fresh", 5 * MINUTE);
  expect((await reconcile(made)).closed).toBe(1);
  expect(await kindsOf(made)).toEqual([["unknown_payment", "ch_fresh"]]);
});

it("an invoice whose lines do not add up is told as long as the engine has it so, and closes by itself then", async () => {
  const made = await business();
  const issuedAt = new Date(meter.clock.now().getTime() - 3 * HOUR);
  const invoice: InvoiceRecord = {
    ...{ ref: `in_${made.orgId}`, customerRef: made.customerRef, subscriptionRef: null, number: null, status: "open" },
    ...{ reason: "manual", currency: "USD", subtotal: 500n, tax: 0n, total: 500n, amountDue: 500n, amountPaid: 0n },
    ...{ balanceApplied: 0n, creditedBefore: 0n, periodStartsAt: issuedAt, periodEndsAt: issuedAt, issuedAt },
    ...{ paidAt: null, givenUpAt: null, voidedAt: null, nextAttemptAt: null, lines: [], payments: [] },
  };
  await applyInvoice(made.ctx, { readingNo: 1n, invoice });
  const still = { ...meter.port, listInvoices: async () => [invoice] };
  expect((await reconcileBilling(made.ctx, still, lately())).closed).toBe(0);
  expect(await kindsOf(made)).toEqual([["invoice_differs", invoice.ref]]);
  expect((await reconcile(made)).closed).toBe(1);
});

it("what was posted with other amounts than the engine has stays open while it is so, also where it was changed lately, and closes then", async () => {
  const made = await business();
  const issuedAt = new Date(meter.clock.now().getTime() - 3 * HOUR);
  const line = (amount: bigint): InvoiceRecord["lines"][number] => ({
    ...{ ref: "il_1", kind: "plan", description: "Plan", plan: null, planVersion: null, billedEvery: null },
    ...{ quantity: 1n, amount, periodStartsAt: issuedAt, periodEndsAt: issuedAt },
  });
  const invoice = (amount: bigint): InvoiceRecord => ({
    ...{ ref: `in_${made.orgId}`, customerRef: made.customerRef, subscriptionRef: null, number: null, status: "open" },
    ...{ reason: "manual", currency: "USD", subtotal: amount, tax: 0n, total: amount, amountDue: amount },
    ...{ balanceApplied: 0n, creditedBefore: 0n, periodStartsAt: issuedAt, periodEndsAt: issuedAt, issuedAt },
    ...{ amountPaid: 0n, paidAt: null, givenUpAt: null, voidedAt: null, nextAttemptAt: null, payments: [] },
    lines: [line(amount)],
  });
  const { ref } = invoice(0n);
  await applyInvoice(made.ctx, { readingNo: 1n, invoice: invoice(500n) });
  await applyInvoice(made.ctx, { readingNo: 2n, invoice: invoice(600n) });
  expect(await kindsOf(made)).toEqual([["invoice_differs", ref]]);
  const having = (it: InvoiceRecord) =>
    reconcileBilling(made.ctx, { ...meter.port, listInvoices: async () => [it] }, lately());
  await having(invoice(600n));
  expect(await kindsOf(made)).toEqual([["invoice_differs", ref]]);
  const givenUpAt = new Date(meter.clock.now().getTime() - MINUTE);
  expect((await having({ ...invoice(500n), status: "uncollectible", givenUpAt })).closed).toBe(0);
  await applyInvoice(made.ctx, { readingNo: 3n, invoice: invoice(500n) });
  expect((await having(invoice(500n))).closed).toBe(1);
});

/** An invoice that somebody wrote by hand, paid by card. */
async function paid({ customerRef: customer }: Made) {
  const { stripe } = meter;
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
  await stripe.invoiceItems.create({ customer, amount: 5000, currency: "usd", description: "by hand" });
  const invoice = await stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
  await stripe.invoices.finalizeInvoice(invoice.id);
  await stripe.invoices.pay(invoice.id);
  const [charge] = (await stripe.charges.list({ customer })).data;
  return { stripe, invoice, charge: charge?.id ?? "" };
}

it("a payment that went back twice, and an invoice that nobody here knows, are found", async () => {
  const made = await business();
  const { stripe, invoice, charge } = await paid(made);
  const refund = (amount: number) => stripe.refunds.create({ charge, amount });
  const twice = [await refund(1000), await refund(1000)].map(({ id }) => id);
  const dispute = await meter.control("POST", `/charges/${charge}/dispute`, { reason: "general" });
  const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 100, credit_amount: 100 });
  await meter.skip(2 * HOUR);
  const { found } = await reconcile(made);
  const kinds = found.map(({ kind, subject }) => [kind, subject]);
  const refunds = found.filter(({ kind }) => kind === "refunded_twice");
  expect(refunds).toHaveLength(1);
  expect(twice).toContain(refunds[0]?.subject);
  expect(kinds).toContainEqual(["invoice_differs", invoice.id]);
  expect(kinds).toContainEqual(["unknown_payment", (dispute as { id: string }).id]);
  expect(kinds).toContainEqual(["invoice_differs", note.id]);
  expect(kinds.filter(([kind]) => kind === "overbilled")).toHaveLength(1);
});

it("what goes back of a payment of months ago, and nobody tells us of, is found, and known once it is caught up with", async () => {
  const made = await business();
  const { stripe, charge } = await paid(made);
  await catchUp(made.ctx, meter.port, lately());
  await meter.skip(70 * DAY);
  const { id } = await stripe.refunds.create({ charge, amount: 1000 });
  await meter.skip(2 * HOUR);
  await reconcile(made);
  expect(await kindsOf(made)).toEqual([["unknown_payment", id]]);
  expect(await catchUp(made.ctx, meter.port, lately())).toBe(1);
  expect((await reconcile(made)).closed).toBe(1);
  expect((await listBalances(made.ctx)).find(({ account }) => account === "billing.refunds")?.net).toBe(1000n);
});
