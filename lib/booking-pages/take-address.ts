import { randomBytes } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { bookingPageAddresses } from "@/db/schema";
import { slugCandidates } from "@/lib/organizations";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";

export type Address = { serviceId: string | null; slug: string; isCurrent: boolean };

/** Every address of the organisation's page and of the services on it, earlier ones too. */
export const listAddresses = (ctx: Context, tx: Tx): Promise<Address[]> =>
  tx
    .select({
      serviceId: bookingPageAddresses.serviceId,
      slug: bookingPageAddresses.slug,
      isCurrent: bookingPageAddresses.isCurrent,
    })
    .from(bookingPageAddresses)
    .where(eq(bookingPageAddresses.orgId, ctx.orgId));

/**
 * Makes `slug` the current address of the page (`serviceId` null) or of a service; the one before leads to it from now on. One it had
 * earlier it may have again. False when somebody else has or had it: an old address must not lead to a stranger.
 */
export async function takeAddress(ctx: Context, tx: Tx, serviceId: string | null, slug: string): Promise<boolean> {
  const ofSubject = sql`${bookingPageAddresses.serviceId} is not distinct from ${serviceId}`;
  const own = and(eq(bookingPageAddresses.orgId, ctx.orgId), ofSubject);
  const row = { id: newId("bookingPageAddress"), orgId: ctx.orgId, serviceId, slug, createdAt: ctx.clock.now() };
  const [added] = await tx
    .insert(bookingPageAddresses)
    .values({ ...row, isCurrent: false })
    .onConflictDoNothing()
    .returning({ id: bookingPageAddresses.id });
  const [kept] = added
    ? [added]
    : await tx
        .select({ id: bookingPageAddresses.id })
        .from(bookingPageAddresses)
        .where(and(own, eq(bookingPageAddresses.slug, slug)));
  if (!kept) return false;
  await tx.update(bookingPageAddresses).set({ isCurrent: false }).where(own);
  await tx.update(bookingPageAddresses).set({ isCurrent: true }).where(eq(bookingPageAddresses.id, kept.id));
  return true;
}

/** The first address made from a name that can be had. */
export async function takeAddressFor(ctx: Context, tx: Tx, serviceId: string | null, name: string): Promise<string> {
  for (const slug of slugCandidates(name, randomBytes(3).toString("hex")))
    if (await takeAddress(ctx, tx, serviceId, slug)) return slug;
  throw new Error("No address could be had, a random one included");
}
