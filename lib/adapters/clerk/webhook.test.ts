import { expect, test } from "vitest";
import { testInstance } from "./testing/instance";
import { changeFrom, readClerkWebhook } from "./webhook";

const instance = testInstance();
const { webhookSecret } = instance.keys;
const user = {
  id: "user_1",
  email_addresses: [
    { id: "idn_0", email_address: "old@example.test", verification: { status: "verified" } },
    { id: "idn_1", email_address: "Ann@Example.test", verification: { status: "verified" } },
  ],
  primary_email_address_id: "idn_1",
  first_name: "Ann",
  last_name: "Lee",
  image_url: "https://img.clerk.com/x",
  updated_at: 1_700_000_000_000,
};

test("a signed delivery is read into our words", async () => {
  const { id, raw, headers } = instance.delivery({ type: "user.updated", object: "event", data: user });
  expect(await readClerkWebhook(raw, headers, webhookSecret)).toEqual({
    id,
    type: "user.updated",
    change: {
      kind: "person.saved",
      person: {
        externalId: "user_1",
        email: "ann@example.test",
        emailVerified: true,
        name: "Ann Lee",
        image: "https://img.clerk.com/x",
        updatedAt: new Date(1_700_000_000_000),
      },
    },
  });
});

test("the time of a deletion is the event's own, not that of its delivery", async () => {
  const event = {
    type: "user.deleted",
    object: "event",
    data: { id: "user_1", deleted: true },
    timestamp: 1_700_000_000_500,
  };
  const { raw, headers } = instance.delivery(event);
  const { change } = await readClerkWebhook(raw, headers, webhookSecret);
  expect(change).toEqual({ kind: "person.deleted", externalId: "user_1", at: new Date(1_700_000_000_500) });
});

test("whatever does not verify is refused as bad input, never as a fault", async () => {
  const good = instance.delivery({ type: "user.updated", data: user });
  const cases: [string, Buffer, Headers][] = [
    [
      "another secret",
      good.raw,
      instance.delivery({ type: "user.updated", data: user }, { secret: `whsec_${btoa("no")}` }).headers,
    ],
    ["a changed body", Buffer.from(good.raw.toString().replace("Ann", "Eve")), good.headers],
    ["no headers", good.raw, new Headers()],
    [
      "an old timestamp",
      good.raw,
      instance.delivery({ type: "user.updated", data: user }, { at: 1_600_000_000 }).headers,
    ],
    ["no JSON", Buffer.from("{"), instance.delivery("x").headers],
  ];
  for (const [what, raw, headers] of cases)
    await expect(readClerkWebhook(raw, headers, webhookSecret), what).rejects.toMatchObject({ code: "invalid_input" });
});

test("a signed body that is not what its type says is refused too", async () => {
  for (const event of [
    { type: "user.created", data: {} },
    { type: "organization.created", data: { id: 1 } },
    { data: {} },
    7,
  ]) {
    const { raw, headers } = instance.delivery(event);
    await expect(readClerkWebhook(raw, headers, webhookSecret)).rejects.toMatchObject({ code: "invalid_input" });
  }
});

test("somebody without an e-mail address, and kinds we do not know, change nothing", () => {
  expect(changeFrom("user.created", { ...user, email_addresses: [] }, undefined)).toEqual({ kind: "other" });
  expect(changeFrom("session.created", { id: "sess_1" }, undefined)).toEqual({ kind: "other" });
});
