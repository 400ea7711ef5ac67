import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { organizations } from "@/db/schema";
import { invalid } from "@/lib/platform/errors";
import { normalisePhone } from "./rules/phone";

/** The typed number as E.164, read in the organisation's country; null for an empty field; throws `invalid_input` for anything else. */
export async function readTypedPhone(tx: Tx, orgId: string, typed: string): Promise<string | null> {
  if (!typed) return null;
  const [org] = await tx
    .select({ country: organizations.country })
    .from(organizations)
    .where(eq(organizations.id, orgId));
  const phone = normalisePhone(typed, org?.country ?? "US");
  if (!phone)
    throw invalid([{ path: "phone", message: "Enter a telephone number, with its country code if it is abroad." }]);
  return phone;
}
