import { z } from "zod";
import { defineTool } from "./types";

export const endCallTool = defineTool({
  name: "end_call",
  description: "Use once the caller has said goodbye and nothing is left to do. Say goodbye before you use it.",
  parameters: z.object({
    reason: z.string().trim().max(200).optional().describe("How the call ended, in a few words"),
  }),
  identityLevel: 0,
  async run() {
    return { status: "ok", say: "Goodbye.", data: {} };
  },
});
