import type { SQL } from "drizzle-orm";
import type { Database } from "../client";
import { withSystem } from "../tenant";

/** Something of a tenant's: what is done with it is done as the tenant. */
export type TenantRef = { id: string; orgId: string };

/** What one of the system functions answers. */
export async function rows<T>(database: Database, query: SQL): Promise<T[]> {
  return withSystem(database, async (tx) => (await tx.execute(query)).rows as T[]);
}

export const toDate = (value: unknown): Date | null => (value == null ? null : new Date(value as string));
