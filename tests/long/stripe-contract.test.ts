import { expect, it } from "vitest";
import { makeSchemas } from "@/emulators/stripe/contract/generate";
import kept from "@/emulators/stripe/contract/requests.json" with { type: "json" };

it("the kept schemas of Stripe's requests are what the installed SDK's types give", () => {
  expect(makeSchemas()).toEqual(kept);
});
