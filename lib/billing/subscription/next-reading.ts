import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";

/** Numbers a reading at the engine; taken before it begins, so that what a later number shows is at least as new. */
export const nextReading = (ctx: Context): Promise<bigint> =>
  inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`select nextval('billing_readings')::text as no`);
    return BigInt((rows[0] as { no: string }).no);
  });
