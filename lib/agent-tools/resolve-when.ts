import { z } from "zod";
import { resolveWhenSaid } from "@/lib/scheduling";
import { callersBooking } from "./callers-bookings";
import { defineTool } from "./types";

export const resolveWhenTool = defineTool({
  name: "resolve_when",
  description:
    "Says which date and time a caller means, in the business's own time zone. Pass their words unchanged; never work out dates yourself. Answers with one instant, with a window of dates and times of day, with the next of the days that suit, or with a question to ask. Books nothing: for free times use find_slots.",
  parameters: z.object({
    said: z
      .string()
      .trim()
      .min(1)
      .max(300)
      .describe("As said: 'next Tuesday at 3', 'the 10th', 'a week from Friday around noon', 'same time next week'"),
    booking: z
      .string()
      .max(80)
      .optional()
      .describe("The booking they speak of, from find_booking, for 'the same time'"),
  }),
  identityLevel: 0,
  comesWith: "find_slots",
  async run(ctx, { said, booking: id }, call) {
    const booking = id ? await callersBooking(ctx, call, id) : undefined;
    const when = await resolveWhenSaid(ctx, { said, sameAsMs: booking?.startsAt.getTime() });
    if (!when.ok)
      return { status: "refused", say: when.detail.say, data: { reason: when.reason, readings: when.detail.readings } };
    const { say, ...data } = when.value;
    const { startMs: _, ...told } = "startMs" in data ? data : { ...data, startMs: undefined };
    return { status: "ok", say: `That is ${say}.`, data: { ...told, say } };
  },
});
