import { eq } from "drizzle-orm";
import { z } from "zod";
import { organizations } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { authorise } from "./authorise";
import type { OnboardingState } from "./schemas";

const input = z.object({
  step: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal("done")]),
  channel: z.enum(["browser", "forward", "new_number", "provider"]).optional(),
});

/** Remembers how far the onboarding has come; a bookmark, not a change of the business, so it leaves no audit row. */
export async function setOnboarding(ctx: Context, state: OnboardingState): Promise<void> {
  authorise(ctx, "organization.manage");
  const onboarding = parse(input, state);
  await inTenant(ctx, (tx) => tx.update(organizations).set({ onboarding }).where(eq(organizations.id, ctx.orgId)));
}
