import { followUps } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";

export type NewFollowUp = {
  kind: "message" | "callback" | "handover";
  /** What has to be done, in the caller's words. */
  text: string;
  callId: string | null;
  contactId: string | null;
  callerName?: string | undefined;
  callerPhone?: string | null | undefined;
  urgent?: boolean | undefined;
};

/** Leaves something for a person to do because of a call. Returns its id. */
export async function createFollowUp(ctx: Context, input: NewFollowUp): Promise<string> {
  authorise(ctx, "calls.write");
  const id = newId("followUp");
  await inTenant(ctx, async (tx, scope) => {
    await tx.insert(followUps).values({
      id,
      orgId: ctx.orgId,
      callId: input.callId,
      contactId: input.contactId,
      kind: input.kind,
      text: input.text,
      callerName: input.callerName ?? "",
      callerPhone: input.callerPhone ?? null,
      urgent: input.urgent ?? false,
      createdAt: ctx.clock.now(),
    });
    await recordChange(scope, tx, {
      action: "follow_up.created",
      subject: { kind: "follow_up", id },
      changes: { kind: input.kind, urgent: input.urgent ?? false },
      payload: { kind: input.kind, callId: input.callId },
    });
  });
  return id;
}
