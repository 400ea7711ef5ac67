import { z } from "zod";
import { createFollowUp } from "@/lib/calls";
import { normalisePhone } from "@/lib/contacts";
import { defineTool } from "./types";

export const takeMessageTool = defineTool({
  name: "take_message",
  description:
    "Take a message for the business when you cannot settle the matter yourself or the caller wants a person to call back. Ask what it is about and the caller's name first.",
  parameters: z.object({
    message: z.string().trim().min(1).max(2000).describe("What to pass on, in the caller's words"),
    name: z.string().trim().max(120).optional().describe("The caller's name"),
    phone: z
      .string()
      .trim()
      .max(40)
      .optional()
      .describe("The number to call back, only when it is not the one they are calling from"),
    urgent: z.boolean().optional().describe("True only when the caller says that it cannot wait"),
  }),
  identityLevel: 0,
  async run(ctx, { message, name, phone, urgent }, call) {
    const callerPhone = normalisePhone(phone, "") ?? phone ?? call.fromNumber;
    await createFollowUp(ctx, {
      kind: "message",
      text: message,
      callId: call.callId,
      contactId: call.contactId,
      callerName: name,
      callerPhone,
      urgent,
    });
    const say = callerPhone
      ? "I have passed your message on. Somebody will call you back."
      : "I have written that down. Which number can they reach you on?";
    return { status: "ok", say, data: { hasNumber: Boolean(callerPhone) } };
  },
});
