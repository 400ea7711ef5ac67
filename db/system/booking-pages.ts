import { sql } from "drizzle-orm";
import type { Database } from "../client";
import { rows } from "./rows";

/** The organisation whose booking page has or had this address, while the page is on; `slug` is its address now. */
export async function findBookingPage(
  database: Database,
  slug: string,
): Promise<{ orgId: string; slug: string } | undefined> {
  const [row] = await rows<{ orgId: string; slug: string }>(
    database,
    sql`select org_id as "orgId", slug from system_find_booking_page(${slug})`,
  );
  return row;
}
