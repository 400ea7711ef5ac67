import type { Database } from "@/db/client";
import { findBookingPage as findBySlug } from "@/db/system";
import { pageSlug } from "./schemas";

/** Which organisation's page an address leads to, and its address now; undefined for none, or one that is off. */
export async function findBookingPage(
  at: { database: Database },
  slug: string,
): Promise<{ orgId: string; slug: string } | undefined> {
  const asked = pageSlug.safeParse(slug);
  return asked.success ? findBySlug(at.database, asked.data) : undefined;
}
