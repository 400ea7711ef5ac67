import { and, desc, eq, lt, or } from "drizzle-orm";
import { auditEntries } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, encodeCursor } from "@/lib/platform/cursor";

export type AuditEntry = typeof auditEntries.$inferSelect;

/** Newest first. `subjectId` narrows to one thing, `subjectKind` to what it is; `cursor` comes from the page before. */
export async function listAuditEntries(
  ctx: Context,
  input: {
    cursor?: string | undefined;
    subjectId?: string | undefined;
    subjectKind?: string | undefined;
    limit?: number;
  },
): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  const limit = Math.min(input.limit ?? 50, 100);
  const after = decodeCursor(input.cursor);
  const items = await inTenant(ctx, (tx) =>
    tx
      .select()
      .from(auditEntries)
      .where(
        and(
          eq(auditEntries.orgId, ctx.orgId),
          input.subjectId ? eq(auditEntries.subjectId, input.subjectId) : undefined,
          input.subjectKind ? eq(auditEntries.subjectKind, input.subjectKind) : undefined,
          after
            ? or(
                lt(auditEntries.createdAt, after.at),
                and(eq(auditEntries.createdAt, after.at), lt(auditEntries.id, after.id)),
              )
            : undefined,
        ),
      )
      .orderBy(desc(auditEntries.createdAt), desc(auditEntries.id))
      .limit(limit + 1),
  );
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page,
    nextCursor: items.length > limit && last ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
  };
}
