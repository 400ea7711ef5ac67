import type { Database } from "@/db/client";
import { saveBookingPage } from "@/lib/booking-pages/save-booking-page";
import type { SaveBookingPageInput } from "@/lib/booking-pages/schemas";
import type { Context } from "@/lib/platform/context";
import { createSalon } from "./salon";

/** A salon whose booking page is on, with both of its services; `visitor` is somebody on that page. */
export async function createPublicSalon(database: Database, page: Partial<SaveBookingPageInput> = {}) {
  const salon = await createSalon(database);
  const serviceIds = [salon.haircut.id, salon.colour.id];
  const saved = await saveBookingPage(salon.as("owner"), { isOn: true, serviceIds, ...page });
  if (!saved.ok) throw new Error(saved.reason);
  const visitor: Context = { ...salon.ctx, actor: { kind: "contact", contactId: null, label: "booking page" } };
  return { ...salon, visitor, page: saved.value };
}
