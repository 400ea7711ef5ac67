import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Context } from "@/lib/platform/context";
import { bookAppointmentTool } from "./book-appointment";
import { holdSlotTool } from "./hold-slot";
import { resolveWhenTool } from "./resolve-when";
import { isGiven, runTool } from "./run-tool";
import { type AgentTool, defineTool } from "./types";

const echo = defineTool({
  name: "echo",
  description: "",
  parameters: z.object({ word: z.string(), day: z.string().optional() }),
  identityLevel: 0,
  run: async (_ctx, args) => ({ status: "ok", say: "Heard.", data: args }),
});
const tools = new Map<string, AgentTool>([echo, bookAppointmentTool, holdSlotTool].map((tool) => [tool.name, tool]));
const caller = { callId: "call_1", fromNumber: null, timeZone: "UTC", contactId: null, tools: undefined };
const ask = (name: string, given: Record<string, unknown> | undefined) =>
  runTool(tools, {} as Context, { id: "t", name, arguments: given }, caller);

describe("what the model got wrong", () => {
  it("is not that it says null for what the caller left out", async () => {
    expect(await ask("echo", { word: "a", day: null })).toMatchObject({ status: "ok", data: { word: "a" } });
    expect((await ask("echo", { word: null, day: null })).say).toBe("I still need the word.");
  });
  it("is named: booking without a slot is no fault", async () => {
    for (const slot of ["", null])
      expect(await ask("book_appointment", { slot, name: "Mary" })).toMatchObject({
        status: "refused",
        say: "I still need the slot.",
      });
    expect((await ask("hold_slot", { slot: "", day: null })).say).toBe("Which day and what time would suit you?");
  });
  it("is asked about when it is no object, or no tool of ours", async () => {
    expect((await ask("echo", undefined)).say).toMatch(/once more/);
    for (const name of ["constructor", "__proto__", ""]) expect((await ask(name, {})).say).toMatch(/not able/);
  });
});

it("an agent published before resolve_when existed has it with find_slots, and nothing else that it was not given", async () => {
  expect(isGiven(resolveWhenTool, ["business_hours", "find_slots"])).toBe(true);
  expect(isGiven(resolveWhenTool, ["business_hours"])).toBe(false);
  expect(isGiven(holdSlotTool, ["find_slots"])).toBe(false);
  const given = { ...caller, tools: ["find_slots"] };
  expect((await runTool(tools, {} as Context, { id: "t", name: "hold_slot", arguments: {} }, given)).say).toMatch(
    /not able/,
  );
});
