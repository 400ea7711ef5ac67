import { z } from "zod";
import { createFollowUp } from "@/lib/calls";
import { getOrganization } from "@/lib/organizations";
import { defineTool } from "./types";

export const transferToHumanTool = defineTool({
  name: "transfer_to_human",
  description:
    "Use when the caller asks for a person, or when you cannot help. Gives the number to put them through to; when nobody can be reached, take a message instead.",
  parameters: z.object({
    reason: z.string().trim().max(500).optional().describe("Why the caller wants a person, in a few words"),
  }),
  identityLevel: 0,
  async run(ctx, { reason }, call) {
    const { transferNumber } = await getOrganization(ctx);
    if (!transferNumber)
      return { status: "refused", say: "There is nobody I can put you through to just now. May I take a message?" };
    await createFollowUp(ctx, {
      kind: "handover",
      text: reason || "The caller asked for a person.",
      callId: call.callId,
      contactId: call.contactId,
      callerPhone: call.fromNumber,
    });
    const say = "I am putting you through now.";
    const destination = { type: "number", number: transferNumber, message: say };
    return { status: "ok", say, data: { number: transferNumber, destination } };
  },
});
