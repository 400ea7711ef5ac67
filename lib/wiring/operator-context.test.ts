import { expect, test, vi } from "vitest";
import type { Viewer } from "@/lib/identity/schemas";
import { findOperator } from "./operator-context";

const signedIn: { viewer: Viewer | null } = { viewer: null };
vi.mock("./viewer", () => ({ getViewer: async () => signedIn.viewer }));
vi.mock("./app", () => ({
  app: async () => ({ env: { operatorEmails: ["runs@example.test"] }, database: {}, clock: {} }),
}));

const person: Viewer = { userId: "usr_1", email: "Runs@example.test", emailVerified: true, name: "Runs It" };

test.each<[string, Viewer | null, boolean]>([
  ["with the configured address, proven", person, true],
  ["who typed that address in and never proved it", { ...person, emailVerified: false }, false],
  ["with another address", { ...person, email: "else@example.test" }, false],
  ["not signed in", null, false],
])("somebody %s is an operator, or not", async (_who, viewer, isOperator) => {
  signedIn.viewer = viewer;
  expect((await findOperator())?.actor.label).toBe(isOperator ? "Runs It" : undefined);
});
