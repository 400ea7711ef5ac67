import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { verifyStripeSignature } from "./verify";

const NOW = 1_700_000_000;
const secret = "whsec_current";
const payload = '{"id":"evt_1","object":"event"}';
const signed = (options: { at?: number; secret?: string; payload?: string } = {}) =>
  Stripe.webhooks.generateTestHeaderString({
    payload: options.payload ?? payload,
    secret: options.secret ?? secret,
    timestamp: options.at ?? NOW,
  });
const accepts = (header: string | null, secrets = [secret], rawBody: string | Uint8Array = payload) =>
  verifyStripeSignature({ header, rawBody }, secrets, new Date(NOW * 1000));

describe("a delivery of Stripe's", () => {
  it("is taken with the current secret, with the one before while it is rotated, and with none of another's", () => {
    expect(accepts(signed())).toBe(true);
    expect(accepts(signed(), [secret], Buffer.from(payload))).toBe(true);
    expect(accepts(signed({ secret: "whsec_before" }), [secret, "whsec_before"])).toBe(true);
    expect(accepts(signed({ secret: "whsec_other" }), [secret, "whsec_before"])).toBe(false);
    expect(accepts(signed(), [])).toBe(false);
    expect(accepts(signed({ secret: " " }), [" "])).toBe(false);
  });

  it("is refused once anything of it was changed", () => {
    expect(accepts(signed(), [secret], `${payload} `)).toBe(false);
    expect(accepts(signed({ payload: "{}" }))).toBe(false);
    expect(accepts(signed().replace(`t=${NOW}`, `t=${NOW - 1}`))).toBe(false);
  });

  it("is good for five minutes on either side of now, and not a second longer", () => {
    for (const [at, isTaken] of [
      [-300, true],
      [-301, false],
      [300, true],
      [301, false],
      [3600, false],
    ] as const)
      expect(accepts(signed({ at: NOW + at })), `${at} s`).toBe(isTaken);
    const inTwoHours = `${signed({ at: NOW + 7200 })},t=${NOW}`;
    expect(accepts(inTwoHours)).toBe(false);
  });

  it.each([null, "", "t=", "v1=", `t=${NOW}`, `t=x,v1=00`, `t=NaN,v1=00`, "\u0000", "t=1,".repeat(5000)])(
    "is refused, and nothing thrown, for the header %j",
    (header) => expect(accepts(header)).toBe(false),
  );
});
