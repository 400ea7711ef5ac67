import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { billingEventKinds } from "./event-kinds";

test("who deploys is told every kind of event to choose at Stripe, and no other", () => {
  const text = readFileSync("docs/how-to/deploy.md", "utf8");
  const named = [...text.matchAll(/`((?:[a-z_]|v1)+(?:\.[a-z_]+){1,3})`/g)].flatMap(([, kind = ""]) => kind);
  const kinds = [...billingEventKinds.full, ...billingEventKinds.thin.map((kind) => `v1.${kind}`)];
  expect(named.filter((kind) => !kind.endsWith(".json")).sort()).toEqual(kinds.sort());
});
