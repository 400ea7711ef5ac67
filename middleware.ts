import { randomBytes } from "node:crypto";
import { type NextFetchEvent, type NextRequest, NextResponse } from "next/server";
import { hostAllowed } from "@/lib/platform/http/host";
import { isStillAway, outagePage } from "@/lib/platform/http/outage";
import { isWellEncoded, unreadableAddress } from "@/lib/platform/http/path";
import { checkPosted } from "@/lib/platform/http/posted";
import { problem, problemOf } from "@/lib/platform/http/problem";
import { newId } from "@/lib/platform/ids";
import { LAST_ORGANIZATION, organizationOfPath } from "@/lib/platform/last-organization";
import { processEnv } from "@/lib/platform/runtime";
import { clerkHostOf, contentPolicy, payOrigins, sentryOriginOf } from "@/lib/wiring/content-policy";
import { ownOrigins } from "@/lib/wiring/own-origins";
import { requireSameOrigin } from "@/lib/wiring/same-origin";

/**
 * Machines' routes stay outside: they verify signatures themselves and must not wait for anything. A percent sign stands in no address
 * of theirs; what carries one comes here, because Next's router answers 500 to what it cannot decode.
 */
export const config = {
  runtime: "nodejs",
  matcher: [
    "/((?!ics/|api/voice|api/webhooks|api/cron|api/health|api/ready|_next/static|icon\\.svg|favicon\\.ico).*)",
    "/(.*%.*)",
  ],
};

const PLAIN_ID = /^[\w.:-]{8,128}$/;

export default async function middleware(request: NextRequest, event: NextFetchEvent) {
  const env = processEnv();
  if (!hostAllowed(request.headers.get("host"), env))
    return problem({ code: "misdirected", detail: "This server answers only as localhost or 127.0.0.1." });
  const { pathname } = request.nextUrl;
  if (!isWellEncoded(pathname)) return unreadableAddress(pathname);
  if (!pathname.startsWith("/api/")) {
    const refused = await checkPost(request).then(() => undefined, problemOf);
    if (refused) return refused;
  }
  if (isPageOfData(request) && (await isStillAway()))
    return outagePage({ nonce: newNonce(), requestId: requestIdOf(request) });
  if (!env.clerk) return answer(request);
  const { withClerk } = await import("@/lib/adapters/clerk/middleware");
  return withClerk({ jwtKey: env.clerk.jwtKey, authorizedParties: ownOrigins(env) }, answer)(request, event);
}

/** A page that is read from the database, asked for as a whole: parts of it are asked for by scripts, which show what failed themselves. */
const isPageOfData = ({ method, headers, nextUrl }: NextRequest): boolean =>
  method === "GET" &&
  !headers.has("rsc") &&
  /^\/(?:o|book|manage|offer|invite|operator)(?:\/|$)/.test(nextUrl.pathname);

const newNonce = () => randomBytes(16).toString("base64");

function requestIdOf(request: NextRequest): string {
  const given = request.headers.get("x-request-id") ?? "";
  return PLAIN_ID.test(given) ? given : newId("request");
}

/** To another site's form Next would answer 500; here it is forbidden. */
async function checkPost(request: NextRequest): Promise<void> {
  requireSameOrigin(request);
  await checkPosted(request.clone());
}

/** Passes the request on with a fresh nonce, its id and its path; the policy goes both ways, Next reads its nonce from the request. */
function answer(request: NextRequest): NextResponse {
  const env = processEnv();
  const nonce = newNonce();
  const isHttps = env.appUrl.startsWith("https:");
  const policy = contentPolicy({
    nonce,
    isHttps,
    isDevelopment: process.env.NODE_ENV === "development",
    clerkHost: clerkHostOf(env.clerk?.publishableKey),
    payOrigins: payOrigins(env.stripe),
    sentryOrigin: sentryOriginOf(env.browserSentryDsn),
  });
  const headers = new Headers(request.headers);
  headers.set("x-request-id", requestIdOf(request));
  headers.set("x-path", pathOf(request));
  headers.set("x-nonce", nonce);
  // The form of a page that sends no referrer, known by now to be our own: an action asks for the origin's name.
  if (request.method === "POST" && headers.get("origin") === "null")
    headers.set("origin", `${new URL(env.appUrl).protocol}//${request.headers.get("host")}`);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  if (isHttps) response.headers.set("strict-transport-security", "max-age=63072000; includeSubDomains");
  rememberOrganization(request, response);
  return response;
}

/** Where a person would come back to: without what the router adds to its own requests. */
function pathOf(request: NextRequest): string {
  const url = request.nextUrl.clone();
  url.searchParams.delete("_rsc");
  return url.pathname + url.search;
}

/** Links to other organisations are fetched ahead of time; only a visit counts. */
function rememberOrganization(request: NextRequest, response: NextResponse): void {
  const slug = organizationOfPath(request.nextUrl.pathname);
  if (!slug || request.method !== "GET" || request.headers.has("next-router-prefetch")) return;
  if (request.cookies.get(LAST_ORGANIZATION)?.value === slug) return;
  response.cookies.set(LAST_ORGANIZATION, slug, { path: "/o", httpOnly: true, sameSite: "lax", maxAge: 365 * 86_400 });
}
