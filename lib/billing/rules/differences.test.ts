import { expect, it } from "vitest";
import { callDifferences } from "./call-differences";
import { invoiceDifferences } from "./invoice-differences";
import { meterDifferences } from "./meter-differences";
import { chargeDifferences } from "./payment-differences";

const at = new Date("2026-11-20T10:00:00Z");
const event = (callId: string, minutes: number, isSure = true) => ({
  callId,
  identifier: `${callId}_0`,
  revision: 0,
  minutes,
  isSure,
});
const found = (counted: number, ...events: ReturnType<typeof event>[]) =>
  meterDifferences(at, counted, events).map(({ kind, subject, facts }) => [kind, subject, facts.minutes]);

it("what a minute of the meter lacks is the events that add up to it; what it has too much of is doubled, or somebody else's", () => {
  expect(found(9, event("a", 4), event("b", 5))).toEqual([]);
  expect(found(5, event("a", 4), event("b", 5))).toEqual([["lost_meter_event", "a", 4]]);
  expect(found(2, event("a", 4), event("b", 5), event("c", 2))).toEqual([
    ["lost_meter_event", "a", 4],
    ["lost_meter_event", "b", 5],
  ]);
  expect(found(1, event("a", 4), event("b", 5)).map(([, subject]) => subject)).toEqual(["a", "b"]);
  expect(found(14, event("a", 4), event("b", 5))).toEqual([["billed_twice", "b", 5]]);
  expect(found(10, event("a", 4), event("b", 5))).toEqual([["overbilled", "a", 1]]);
  expect(found(3)).toEqual([["overbilled", at.toISOString(), 3]]);
});

it("what was sent lately may be counted or not", () => {
  expect(found(4, event("a", 4), event("b", 5, false))).toEqual([]);
  expect(found(9, event("a", 4), event("b", 5, false))).toEqual([]);
  expect(found(0, event("b", 5, false))).toEqual([]);
  expect(found(5, event("a", 4), event("b", 7, false))).toEqual([]);
});

const call = {
  callId: "call_1",
  at,
  state: "ended" as const,
  minutes: 3,
  ledgerMinutes: 3,
  atEngine: 3,
  isUnsettled: false,
  costMicros: 50n,
  ledgerCostMicros: 50n,
  reportedSeconds: 170,
};
const ofCall = (more: Partial<Parameters<typeof callDifferences>[0][number]>) =>
  callDifferences([{ ...call, ...more }]).map(({ kind, facts }) => [kind, facts.why ?? facts.provider]);

it("a call differs from the ledger, from our book of the meter, from the provider, or is stuck; what is on its way does not", () => {
  expect(ofCall({})).toEqual([]);
  expect(ofCall({ atEngine: null })).toEqual([]);
  expect(ofCall({ atEngine: 0, isUnsettled: true })).toEqual([]);
  expect(ofCall({ atEngine: 0 })).toEqual([["underbilled", "meter_book"]]);
  expect(ofCall({ ledgerMinutes: 5 })).toEqual([["overbilled", "ledger"]]);
  expect(ofCall({ minutes: null })).toEqual([["underbilled", "never_counted"]]);
  expect(ofCall({ ledgerCostMicros: 0n })).toEqual([["cost_differs", null]]);
  expect(ofCall({ provider: { costMicros: 70n, isOver: true, seconds: 170 } })).toEqual([["cost_differs", "70"]]);
  const provider = { costMicros: 50n, isOver: true, seconds: 181 };
  expect(ofCall({ provider })).toMatchObject([["length_differs", undefined]]);
  expect(ofCall({ provider: { ...provider, seconds: 121 } })).toEqual([]);
  expect(ofCall({ provider: { ...provider, isOver: false } })).toEqual([]);
  expect(ofCall({ provider, reportedSeconds: null })).toEqual([]);
  expect(ofCall({ provider: { ...provider, seconds: 5 }, reportedSeconds: 7 })).toMatchObject([
    ["length_differs", undefined],
  ]);
  expect(ofCall({ state: "open", minutes: null })).toEqual([["stuck_call", "never_ended"]]);
  expect(ofCall({ state: "given_up" })).toEqual([["stuck_call", "never_reported"]]);
});

it("an invoice differs in what we know of it, its price, its minutes, or what somebody added", () => {
  const line = { ref: "il_1", kind: "other", amount: 500n };
  const invoice = {
    ref: "in_1",
    status: "paid",
    currency: "USD",
    total: 9_950n,
    periodEndsAt: at,
    lines: [line],
    payments: [{ ref: "inpay_1" }],
  };
  const terms = { price: 9_700n, included: 300, perMinute: 25n };
  const minutes = { from: at, to: at, invoiced: 310, amount: 250n, terms, ours: 310 };
  const known = { status: "paid", total: 9_950n };
  const compare = (more: { known?: typeof known | undefined; minutes?: Partial<typeof minutes>; added?: bigint[] }) =>
    invoiceDifferences(
      invoice,
      "known" in more ? more.known : known,
      [{ ...minutes, ...more.minutes }],
      new Set(["inpay_1"]),
      more.added ?? [500n],
    ).map(({ kind, facts }) => [kind, facts.why, facts.amount ?? null]);
  expect(compare({})).toEqual([]);
  expect(compare({ known: undefined })).toEqual([["invoice_differs", "unknown", null]]);
  expect(compare({ known: { ...known, status: "open" } })).toEqual([["invoice_differs", "outdated", null]]);
  expect(compare({ minutes: { amount: 200n } })).toEqual([["invoice_differs", "price", "200"]]);
  expect(compare({ minutes: { ours: 306 } })).toEqual([["overbilled", "minutes", "100"]]);
  expect(compare({ minutes: { ours: 312 } })).toEqual([["underbilled", "minutes", "50"]]);
  expect(compare({ added: [] })).toEqual([["overbilled", "added_by_hand", "500"]]);
});

it("a payment for nothing, an amount that went back twice or beyond what was paid, and a refund nobody posted are told", () => {
  const refund = (ref: string, amount: bigint, status = "succeeded") => ({ ref, amount, status, createdAt: at });
  const later = new Date(at.getTime() + 1);
  const charge = { ref: "ch_1", invoiceRef: "in_1", currency: "USD", amount: 1_000n, paidAt: at, refunds: [] };
  const compare = (more: object, posted: string[] = []) =>
    chargeDifferences({ ...charge, ...more }, new Set(posted), later).map(({ kind, subject }) => [kind, subject]);
  expect(compare({})).toEqual([]);
  expect(compare({ invoiceRef: null })).toEqual([["unknown_payment", "ch_1"]]);
  expect(compare({ refunds: [refund("re_1", 300n), refund("re_2", 200n)] }, ["re_1", "re_2"])).toEqual([]);
  expect(compare({ refunds: [refund("re_1", 300n), refund("re_2", 300n)] }, ["re_1"])).toEqual([
    ["refunded_twice", "re_2"],
  ]);
  expect(compare({ refunds: [refund("re_1", 300n), refund("re_2", 300n, "failed")] }, ["re_1"])).toEqual([]);
  expect(compare({ refunds: [refund("re_1", 700n), refund("re_2", 400n)] }, ["re_1"])).toEqual([
    ["refunded_twice", "re_2"],
  ]);
  expect(compare({ refunds: [refund("re_1", 300n)] })).toEqual([["unknown_payment", "re_1"]]);
});
