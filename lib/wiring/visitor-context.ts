import "server-only";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import { cache } from "react";
import { findBookingPage, getPublicPage } from "@/lib/booking-pages";
import type { PublicPage } from "@/lib/booking-pages/schemas";
import { findManageLink } from "@/lib/manage-links";
import type { Context } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { type ActionState, type FormState, formValues } from "@/lib/platform/form-state";
import { enforceLimit } from "@/lib/platform/rate-limit";
import { findOfferLink } from "@/lib/waitlist";
import { type App, app, contextFor } from "./app";
import { networkLimit } from "./limit-network";
import { actionState } from "./member-context";

/** What one network may send to booking pages, and what one organisation may be sent by all of them. */
const BOOK_PER_NETWORK = { limit: 15, windowSeconds: 10 * 60 };
const BOOK_PER_ORGANIZATION = { limit: 120, windowSeconds: 3600 };
/** Links one network may open, guessed ones included, and changes it may make through them. */
const OPEN_PER_NETWORK = { limit: 300, windowSeconds: 10 * 60 };
const CHANGE_PER_NETWORK = { limit: 30, windowSeconds: 10 * 60 };

export type VisitorPage = { ctx: Context; page: PublicPage; slug: string };

/** The booking page at an address, as somebody from outside sees it; 404 where there is none or it is off. `slug` is its address now. */
export const visitorPage = cache(async (address: string): Promise<VisitorPage> => {
  await connection();
  const theApp = await app();
  const found = await findBookingPage(theApp, address);
  if (!found) notFound();
  const ctx = contextFor(theApp, found.orgId, { kind: "contact", contactId: null, label: "booking page" });
  try {
    return { ctx, page: await getPublicPage(ctx), slug: found.slug };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

/** Runs the action of a booking page's form; too many from one network or to one organisation are refused before anything is read. */
export async function visitorAction(
  address: string,
  form: FormData,
  fn: (visitor: VisitorPage) => Promise<FormState>,
): Promise<ActionState> {
  const theApp = await app();
  const request = { headers: new Headers(await headers()) };
  const state = await actionState(theApp, async () => {
    await enforceLimit(theApp.limiter, ...networkLimit(theApp, "book", request, BOOK_PER_NETWORK));
    const visitor = await visitorPage(address);
    await enforceLimit(theApp.limiter, `book:org:${visitor.ctx.orgId}`, BOOK_PER_ORGANIZATION);
    return fn(visitor);
  });
  return state.ok ? state : { ...state, values: formValues(form) };
}

export type LinkContext = { ctx: Context; bookingId: string };

/** What a manage link leads to; undefined for one that leads nowhere, or where too many were tried: the answer is the same. */
export const linkContext = cache(async (token: string): Promise<LinkContext | undefined> => {
  const theApp = await appForOpening();
  return theApp && openLink(theApp, token);
});

/** The same for a change; throws `rate_limited`. */
export const linkContextForChange = async (token: string, request: Request): Promise<LinkContext | undefined> =>
  openLink(await appForChange(request), token);

export type OfferContext = { ctx: Context; offerId: string };

/** The same for the link of an offer to somebody who waits. */
export const offerContext = cache(async (token: string): Promise<OfferContext | undefined> => {
  const theApp = await appForOpening();
  return theApp && openOffer(theApp, token);
});

export const offerContextForChange = async (token: string, request: Request): Promise<OfferContext | undefined> =>
  openOffer(await appForChange(request), token);

async function appForOpening(): Promise<App | undefined> {
  await connection();
  const theApp = await app();
  const request = { headers: new Headers(await headers()) };
  const asked = await theApp.limiter.limit(...networkLimit(theApp, "manage-open", request, OPEN_PER_NETWORK));
  return asked.allowed ? theApp : undefined;
}

async function appForChange(request: Request): Promise<App> {
  const theApp = await app();
  await enforceLimit(theApp.limiter, ...networkLimit(theApp, "manage-change", request, CHANGE_PER_NETWORK));
  return theApp;
}

async function openLink(theApp: App, token: string): Promise<LinkContext | undefined> {
  const found = await findManageLink(theApp, token);
  if (!found) return undefined;
  const ctx = contextFor(theApp, found.orgId, { kind: "contact", contactId: null, label: "manage link" });
  return { ctx, bookingId: found.bookingId };
}

async function openOffer(theApp: App, token: string): Promise<OfferContext | undefined> {
  const found = await findOfferLink(theApp, token);
  if (!found) return undefined;
  const ctx = contextFor(theApp, found.orgId, { kind: "contact", contactId: null, label: "offer link" });
  return { ctx, offerId: found.offerId };
}
