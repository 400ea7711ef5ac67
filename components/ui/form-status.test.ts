import { expect, it } from "vitest";
import { failed, waitsFor } from "@/lib/platform/form-state";
import { FormStatus } from "./form-status";

const toneOf = (outcome: Parameters<typeof FormStatus>[0]["outcome"]): string =>
  FormStatus({ outcome }).props.children.props.className;

it("what waits for somebody is no failure, and looks like none", () => {
  const remedy = { href: "https://pay.example/i", label: "Confirm it" };
  expect(toneOf(waitsFor("Your bank asks.", remedy))).toMatch(/text-attention/);
  expect(toneOf(waitsFor("Your bank asks.", remedy))).not.toMatch(/text-failed/);
  expect(toneOf(failed("Declined."))).toMatch(/text-failed/);
});
