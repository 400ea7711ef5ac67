import { randomBytes } from "node:crypto";
import { members, organizations } from "@/db/schema";
import { constraintOf, sqlState, withTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { type Context, systemActor } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { currencyOf } from "./rules/countries";
import { slugCandidates } from "./rules/slug";
import {
  type CreateOrganizationInput,
  createOrganizationInput,
  type OnboardingState,
  type Organization,
} from "./schemas";

/** A context before there is an organisation to act in. */
export type Founding = Omit<Context, "orgId" | "actor" | "tx">;

export type CreateOrganizationOptions = {
  /** Becomes the organisation's owner; null only where its people come from elsewhere. */
  owner: { userId: string; label: string } | null;
  externalId?: string;
  externalUpdatedAt?: Date;
  isDemo?: boolean;
  onboarding?: OnboardingState;
};

/**
 * Founds an organisation under an address made from its name ("harbour-salon", else "-2", "-3" or a few letters) with its owner as the
 * first member. Returns it and the owner's context (the system's without owner).
 */
export async function createOrganization(
  founding: Founding,
  input: CreateOrganizationInput,
  options: CreateOrganizationOptions,
): Promise<{ ctx: Context; organization: Organization }> {
  const fields = parse(createOrganizationInput, input);
  const orgId = newId("organization");
  const memberId = newId("member");
  const { owner } = options;
  const ctx: Context = {
    ...founding,
    orgId,
    actor: owner
      ? { kind: "member", userId: owner.userId, memberId, role: "owner", label: owner.label }
      : systemActor("organisation sync"),
  };
  for (const slug of slugCandidates(fields.name, randomBytes(3).toString("hex"))) {
    try {
      const organization = await withTenant(ctx.database, orgId, async (tx) => {
        const now = ctx.clock.now();
        const [row] = await tx
          .insert(organizations)
          .values({
            id: orgId,
            externalId: options.externalId ?? null,
            externalUpdatedAt: options.externalUpdatedAt ?? null,
            slug,
            ...fields,
            currency: fields.currency ?? currencyOf(fields.country),
            isDemo: options.isDemo ?? false,
            onboarding: options.onboarding ?? { step: 1 },
            createdAt: now,
            updatedAt: now,
          })
          .returning();
        if (!row) throw new Error("The organisation was not written");
        const subject = { kind: "organization", id: orgId };
        await recordChange(ctx, tx, { action: "organization.created", subject, changes: { name: row.name, slug } });
        if (owner) {
          await tx
            .insert(members)
            .values({ id: memberId, orgId, userId: owner.userId, role: "owner", createdAt: now, updatedAt: now });
          const change = { person: owner.label, role: "owner" };
          await recordChange(ctx, tx, {
            action: "member.added",
            subject: { kind: "member", id: memberId },
            changes: change,
          });
        }
        return row;
      });
      return { ctx, organization };
    } catch (error) {
      if (sqlState(error) !== "23505" || constraintOf(error) !== "organizations_slug_key") throw error;
    }
  }
  throw new AppError("conflict", "This name is taken. Try another one.");
}
