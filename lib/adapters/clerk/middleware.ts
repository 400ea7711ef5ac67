import { clerkMiddleware } from "@clerk/nextjs/server";
import type { NextMiddleware, NextRequest, NextResponse } from "next/server";
import { passOn } from "./pass-on";

export type ClerkConfig = {
  /** PEM; without it each request asks Clerk over the network for the key. */
  jwtKey: string | undefined;
  /** Origins a session token may have been made for: our own. */
  authorizedParties: string[];
};

/**
 * Verifies the session before `answer` runs; whether somebody has to be signed in is decided by each page. The two keys are read from
 * the environment by the SDK itself: handed over here, it would want a further key to pass them on to the pages.
 */
export function withClerk(config: ClerkConfig, answer: (request: NextRequest) => NextResponse): NextMiddleware {
  const verify = clerkMiddleware((_auth, request) => answer(request), {
    // Read from its options only, never from the environment.
    ...(config.jwtKey ? { jwtKey: config.jwtKey } : {}),
    authorizedParties: config.authorizedParties,
  });
  return async (request, event) => {
    const response = await verify(request, event);
    if (response) passOn(request.url, response.headers);
    return response;
  };
}
