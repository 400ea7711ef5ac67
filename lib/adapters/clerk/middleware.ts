import { clerkMiddleware } from "@clerk/nextjs/server";
import type { NextMiddleware, NextRequest, NextResponse } from "next/server";

export type ClerkConfig = {
  secretKey: string;
  publishableKey: string;
  /** PEM; without it each request asks Clerk over the network for the key. */
  jwtKey: string | undefined;
  appUrl: string;
};

/** Verifies the session before `answer` runs; whether somebody has to be signed in is decided by each page. */
export const withClerk = (config: ClerkConfig, answer: (request: NextRequest) => NextResponse): NextMiddleware =>
  clerkMiddleware((_auth, request) => answer(request), {
    secretKey: config.secretKey,
    publishableKey: config.publishableKey,
    // The SDK reads this from its options only, never from the environment.
    ...(config.jwtKey ? { jwtKey: config.jwtKey } : {}),
    authorizedParties: [config.appUrl],
  });
