import type { Database } from "@/db/client";
import type { Offer } from "@/lib/agent-tools/offers";
import type { AgentTool, ToolCallInfo } from "@/lib/agent-tools/types";
import { upsertContactByPhone } from "@/lib/contacts";
import type { Context } from "@/lib/platform/context";
import { aCall as startCall } from "./call-in-progress";
import { createSalon } from "./salon";

export const MARY = "+12025550123";

/** Salons whose callers an agent speaks with. */
export const salonCalls = (database: Database) => {
  const aCall = async (ctx: Context, fromNumber: string | null): Promise<ToolCallInfo> => {
    const callId = await startCall(database, ctx, fromNumber);
    const contact = fromNumber ? await upsertContactByPhone(ctx, { phone: fromNumber }) : undefined;
    return { callId, fromNumber, timeZone: "America/New_York", contactId: contact?.id ?? null };
  };
  return {
    aCall,
    /** A salon of its own, a call to it, and its agent's tools: `use` runs one. */
    async salonWithCall(fromNumber: string | null = MARY) {
      const salon = await createSalon(database);
      const call = await aCall(salon.ctx, fromNumber);
      const agent: Context = {
        ...salon.ctx,
        actor: { kind: "agent", callId: call.callId, agentId: null, label: "Front Desk" },
      };
      const use = (tool: AgentTool, args: Record<string, unknown>, as = call) =>
        tool.run(agent, tool.parameters.parse(args), as);
      const offersOf = (answer: { data?: unknown }) => (answer.data as { offers: Offer[] }).offers;
      return { salon, call, agent, use, offersOf };
    },
  };
};
