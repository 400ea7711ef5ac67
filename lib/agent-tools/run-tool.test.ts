import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Context } from "@/lib/platform/context";
import { bookAppointmentTool } from "./book-appointment";
import { holdSlotTool } from "./hold-slot";
import { rescheduleBookingTool } from "./reschedule-booking";
import { runTool } from "./run-tool";
import { type AgentTool, defineTool } from "./types";

const echo = defineTool({
  name: "echo",
  description: "",
  parameters: z.object({ word: z.string(), day: z.string().optional() }),
  identityLevel: 0,
  run: async (_ctx, args) => ({ status: "ok", say: "Heard.", data: args }),
});
const tools = new Map<string, AgentTool>(
  [echo, bookAppointmentTool, holdSlotTool, rescheduleBookingTool].map((tool) => [tool.name, tool]),
);
const caller = { callId: "call_1", fromNumber: null, timeZone: "UTC", contactId: null, tools: undefined };
const ask = (name: string, given: Record<string, unknown> | undefined) =>
  runTool(tools, {} as Context, { id: "t", name, arguments: given }, caller);

describe("what the model got wrong", () => {
  it("is not that it says null for what the caller left out", async () => {
    expect(await ask("echo", { word: "a", day: null })).toMatchObject({ status: "ok", data: { word: "a" } });
    expect((await ask("echo", { word: null, day: null })).say).toBe("I still need the word.");
  });
  it.each(["book_appointment", "hold_slot", "reschedule_booking"])(
    "is named: %s without a slot is no fault",
    async (name) => {
      for (const slot of ["", null])
        expect(await ask(name, { slot, name: "Mary", booking: "bkg_1" })).toMatchObject({
          status: "refused",
          say: "I still need the slot.",
        });
    },
  );
  it("is asked about when it is no object, or no tool of ours", async () => {
    expect((await ask("echo", undefined)).say).toMatch(/once more/);
    for (const name of ["constructor", "__proto__", ""]) expect((await ask(name, {})).say).toMatch(/not able/);
  });
});
