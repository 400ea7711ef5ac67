import { describe, expect, it } from "vitest";
import { hashOfTypes, readSdk } from "./read-sdk";
import made from "./requests.json" with { type: "json" };

describe("the schemas of Stripe's requests", () => {
  it("were made from the types of the installed SDK: node --import tsx emulators/stripe/contract/generate.ts", () => {
    expect(made.hash).toBe(hashOfTypes());
  });

  it("stand at the methods and paths the installed SDK uses", () => {
    const operations = made.operations as Record<string, { method: string; pattern: string }>;
    for (const { name, method, pattern } of readSdk())
      expect(operations[name], name).toMatchObject({ method, pattern });
    expect(Object.keys(operations)).toHaveLength(readSdk().length);
  });
});
