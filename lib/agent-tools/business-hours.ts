import { z } from "zod";
import { sayOpeningHours } from "@/lib/scheduling";
import { defineTool } from "./types";

export const businessHoursTool = defineTool({
  name: "business_hours",
  description:
    "Says when the business is open: on one day the caller named, or through the week. Pass the day in the caller's own words.",
  parameters: z.object({
    day: z.string().max(80).optional().describe("As said: 'today', 'saturday', 'the 24th', or an ISO date"),
  }),
  identityLevel: 0,
  async run(ctx, { day }) {
    const { say, days } = await sayOpeningHours(ctx, { day });
    return { status: "ok", say, data: { days } };
  },
});
