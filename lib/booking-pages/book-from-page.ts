import { sql } from "drizzle-orm";
import type { z } from "zod";
import { inTenant, type TenantScope } from "@/db/tenant";
import { createManageLink, findSubmission } from "@/lib/manage-links";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { sha256Hex } from "@/lib/platform/crypto";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { type BookRefusal, bookAppointment, findSlots, isSlotOf, type RefusalDetail } from "@/lib/scheduling";
import { type BookFromPageInput, bookFromPageInput } from "./schemas";

export type PageRefusal = BookRefusal | "not_on_page";
type Input = z.output<typeof bookFromPageInput>;
type Joined = Context & Required<Pick<TenantScope, "tx">>;

/**
 * Books what a visitor has chosen and makes the link with which they manage it. The same form with the same content books once, however
 * often it arrives, and gets the same link each time. Where nobody in particular was asked for, whoever else is free at that time and
 * place does it. Refusals: those of booking, with alternatives; `not_on_page` for a service its owner has taken off.
 */
export async function bookFromPage(
  ctx: Context,
  input: BookFromPageInput,
): Promise<Result<{ bookingId: string; token: string }, PageRefusal, RefusalDetail>> {
  authorise(ctx, "bookings.write");
  const asked = parse(bookFromPageInput, input);
  const submissionHash = sha256Hex(JSON.stringify(asked));
  return inTenant(ctx, async (tx, joined) => {
    const cause = `form:${submissionHash}`;
    const made = await findSubmission(joined, tx, submissionHash);
    if (made) return ok({ bookingId: made, ...(await createManageLink(joined, { bookingId: made, cause })) });
    if (!(await isOnPage(joined, asked.serviceId))) return refuse("not_on_page", { alternatives: [] });
    if (!isSlotOf(asked.slot, asked.serviceId)) return refuse("unknown_slot", { alternatives: [] });
    const booked = await book(joined, asked);
    if (!booked.ok) return booked;
    const bookingId = booked.value.id;
    return ok({ bookingId, ...(await createManageLink(joined, { bookingId, submissionHash, cause })) });
  });
}

async function book(ctx: Joined, asked: Input) {
  const { slot, name, phone, notes } = asked;
  const visitor = { name, phone, notes, email: asked.email || undefined };
  const first = await bookAppointment(ctx, { slot, ...visitor });
  if (first.ok || !asked.isAnyone || first.detail.startMs === undefined) return first;
  const { startMs, locationId } = first.detail;
  const date = new Date(startMs).toISOString().slice(0, 10);
  const { slots } = await findSlots(ctx, {
    serviceId: asked.serviceId,
    locationId: locationId ?? undefined,
    ...around(date),
  });
  const other = slots.find((each) => each.startMs === startMs && (each.locationId ?? null) === (locationId ?? null));
  return other && other.slot !== slot ? bookAppointment(ctx, { slot: other.slot, ...visitor }) : first;
}

/** The business's date of an instant is the UTC one or a neighbour. */
function around(date: string): { fromDate: string; toDate: string } {
  const noon = Date.parse(`${date}T12:00:00Z`);
  const iso = (days: number) => new Date(noon + days * 86_400_000).toISOString().slice(0, 10);
  return { fromDate: iso(-1), toDate: iso(1) };
}

async function isOnPage({ tx, orgId }: Joined, serviceId: string): Promise<boolean> {
  const { rows } =
    await tx.execute(sql`select 1 from booking_page_services s join booking_pages p on p.org_id = s.org_id and p.is_on
    where s.org_id = ${orgId} and s.service_id = ${serviceId}`);
  return rows.length > 0;
}
