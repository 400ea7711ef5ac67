import { notFound, redirect } from "next/navigation";
import type { PublicService } from "@/lib/booking-pages/schemas";
import { type VisitorPage, visitorPage } from "@/lib/wiring/visitor-context";

/**
 * The page and the service an address names. An earlier address of either leads to the one they have now, the query kept; a service
 * that is not on the page is 404.
 */
export async function findService(
  org: string,
  service: string,
  rest: string,
): Promise<VisitorPage & { service: PublicService; base: string }> {
  const visitor = await visitorPage(org);
  const now = visitor.page.movedServices[service] ?? service;
  const found = visitor.page.services.find((each) => each.slug === now);
  if (!found) notFound();
  const base = `/book/${visitor.slug}/${found.slug}`;
  if (visitor.slug !== org || found.slug !== service) redirect(base + rest);
  return { ...visitor, service: found, base };
}
