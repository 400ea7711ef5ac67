import { z } from "zod";
import { getContact } from "@/lib/contacts";
import { defineTool } from "./types";

export const lookupContactTool = defineTool({
  name: "lookup_contact",
  description:
    "Whether the business knows the number the caller is calling from, and the name that goes with it. Confirm the name with the caller before you rely on it.",
  parameters: z.object({}),
  identityLevel: 1,
  async run(ctx, _args, call) {
    const contact = call.contactId ? await getContact(ctx, call.contactId) : undefined;
    if (!contact?.name)
      return {
        status: "ok",
        say: "I do not have a name for this number yet. May I have your name?",
        data: { isKnown: false },
      };
    return {
      status: "ok",
      say: `Am I speaking with ${contact.name}?`,
      data: { isKnown: true, name: contact.name, language: contact.language },
    };
  },
});
