import type Stripe from "stripe";
import { afterAll, describe, expect, it } from "vitest";
import { feb, hour, openBilling } from "../testing/billing";
import { day, makeCustomer, start } from "../testing/sdk";

const { latest, prices, statusOf, stripe, subscribe, test } = await openBilling();
afterAll(() => test.close());

describe("money that does not come", () => {
  it("is tried again after 3, 5 and 7 days: past due, then unpaid; a card that works makes it active again", async () => {
    const { customer, clock } = await makeCustomer(stripe, "pm_card_visa");
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: prices.starter.id }] });
    const failing = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: failing.id } });
    await test.advance(clock, feb + 2 * hour);
    const open = await latest(await stripe.subscriptions.retrieve(subscription.id));
    expect([await statusOf(subscription.id), open.status, open.attempt_count, open.next_payment_attempt]).toEqual([
      "past_due",
      "open",
      1,
      feb + hour + 3 * day,
    ]);
    await test.advance(clock, feb + 9 * day);
    expect([await statusOf(subscription.id), (await latest(subscription)).status]).toEqual(["past_due", "paid"]);
    await test.advance(clock, feb + 16 * day);
    const given = await stripe.invoices.retrieve(open.id);
    expect([await statusOf(subscription.id), given.attempt_count, given.next_payment_attempt]).toEqual([
      "unpaid",
      4,
      null,
    ]);
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.invoices.pay(open.id, { payment_method: good.id });
    expect(await statusOf(subscription.id)).toBe("active");
  });

  it("a trial without a card pauses; with one it resumes with a period of its own", async () => {
    const { customer, clock } = await makeCustomer(stripe, "");
    const subscription = await subscribe(customer, {
      trial_period_days: 7,
      trial_settings: { end_behavior: { missing_payment_method: "pause" } },
    });
    expect(subscription.pending_setup_intent).toMatch(/^seti_/);
    await test.advance(clock, start + 8 * day);
    expect(await statusOf(subscription.id)).toBe("paused");
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: good.id } });
    const resumed = await stripe.subscriptions.resume(subscription.id);
    expect([resumed.status, (await latest(resumed)).status, resumed.billing_cycle_anchor]).toEqual([
      "active",
      "paid",
      start + 8 * day,
    ]);
    const types = (await stripe.events.list({ limit: 100 })).data
      .filter(({ data }) => "id" in data.object && data.object.id === subscription.id)
      .map(({ type }) => type);
    for (const type of ["created", "trial_will_end", "paused", "resumed"])
      expect(types).toContain(`customer.subscription.${type}`);
  });

  it("a first invoice that fails leaves it incomplete for 23 hours", async () => {
    const { customer, clock } = await makeCustomer(stripe, "pm_card_chargeCustomerFail");
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: prices.starter.id }] });
    expect(subscription.status).toBe("incomplete");
    await test.advance(clock, start + day);
    expect([await statusOf(subscription.id), (await latest(subscription)).status]).toEqual([
      "incomplete_expired",
      "void",
    ]);
    await expect(
      stripe.paymentMethods.attach("pm_card_visa_chargeDeclinedInsufficientFunds", { customer }),
    ).rejects.toMatchObject({ decline_code: "insufficient_funds" });
  });

  it("a card whose bank asks waits for the answer", async () => {
    const { customer } = await makeCustomer(stripe, "pm_card_authenticationRequired");
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: prices.starter.id }],
      expand: ["latest_invoice.confirmation_secret"],
    });
    expect(subscription.status).toBe("incomplete");
    const [payment] = (
      await stripe.invoicePayments.list({ invoice: (subscription.latest_invoice as Stripe.Invoice).id })
    ).data;
    const intent = await stripe.paymentIntents.retrieve(String(payment?.payment.payment_intent));
    expect(intent.status).toBe("requires_action");
    await fetch(String(intent.next_action?.redirect_to_url?.url), {
      method: "POST",
      body: "answer=pass",
      redirect: "manual",
    });
    expect(await statusOf(subscription.id)).toBe("active");
  });
});

describe("money that goes back", () => {
  it("refunds part and rest of a charge, never more; a credit note gives to the balance or to the card", async () => {
    const { customer } = await makeCustomer(stripe);
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: prices.starter.id }] });
    const invoice = await latest(subscription);
    const payment_intent = String(invoice.payments?.data[0]?.payment.payment_intent);
    const note = await stripe.creditNotes.create({
      invoice: invoice.id,
      amount: 1700,
      credit_amount: 700,
      refund_amount: 1000,
    });
    expect([note.type, note.post_payment_amount, note.refunds[0]?.amount_refunded]).toEqual([
      "post_payment",
      1700,
      1000,
    ]);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -700 });
    await expect(stripe.creditNotes.create({ invoice: invoice.id, amount: 8001 })).rejects.toMatchObject({
      param: "amount",
    });
    await stripe.refunds.create({ payment_intent, amount: 8000 });
    await expect(stripe.refunds.create({ payment_intent, amount: 701 })).rejects.toMatchObject({
      code: "amount_too_large",
    });
    await stripe.refunds.create({ payment_intent });
    await expect(stripe.refunds.create({ payment_intent })).rejects.toMatchObject({ code: "charge_already_refunded" });
    const [charge] = (await stripe.charges.list({ payment_intent })).data;
    expect(charge).toMatchObject({ amount_refunded: 9700, refunded: true });
  });

  it("a disputed charge cannot be refunded", async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 5000,
      currency: "usd",
      confirm: true,
      payment_method: "pm_card_createDispute",
    });
    const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
    expect(dispute).toMatchObject({ status: "needs_response", amount: 5000 });
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: "charge_disputed",
    });
    expect(await test.control("POST", `/disputes/${dispute?.id}/close`, { status: "won" })).toMatchObject({
      status: "won",
    });
  });

  it("a hold is captured in part, or ends by itself after seven days", async () => {
    const { customer, clock, method } = await makeCustomer(stripe);
    const hold = () =>
      stripe.paymentIntents.create({
        amount: 4000,
        currency: "usd",
        customer,
        payment_method: method ?? "",
        capture_method: "manual",
        confirm: true,
      });
    const [one, two] = [await hold(), await hold()];
    expect((await stripe.paymentIntents.capture(one.id, { amount_to_capture: 1500 })).amount_received).toBe(1500);
    await test.advance(clock, start + 8 * day);
    expect((await stripe.paymentIntents.retrieve(two.id)).status).toBe("canceled");
  });
});
