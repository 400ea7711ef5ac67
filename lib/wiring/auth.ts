import "server-only";
import { headers } from "next/headers";
import * as schema from "@/db/schema";
import { type CodeRefusal, createLocalAuth, type LocalAuth } from "@/lib/adapters/local-auth";
import { codeMail } from "@/lib/identity";
import { newId } from "@/lib/platform/ids";
import { enforceLimit } from "@/lib/platform/rate-limit";
import { singleton } from "@/lib/platform/singleton";
import { type App, app } from "./app";
import { networkLimit } from "./limit-network";
import { ownOrigins } from "./own-origins";

/** Letters one address may be sent, and one network may ask for. */
const SEND_PER_EMAIL = { limit: 5, windowSeconds: 15 * 60 };
const SEND_PER_NETWORK = { limit: 30, windowSeconds: 15 * 60 };
/** Guesses at one address's codes, and from one network. */
const TRY_PER_EMAIL = { limit: 15, windowSeconds: 15 * 60 };
const TRY_PER_NETWORK = { limit: 60, windowSeconds: 15 * 60 };

/** Sign-in by e-mail code over our own tables; the process's one. */
export const localAuth = (): Promise<LocalAuth> =>
  singleton("local-auth", async () => {
    const theApp = await app();
    return createLocalAuth({
      db: theApp.database.db,
      tables: {
        user: schema.users,
        session: schema.authSessions,
        account: schema.authAccounts,
        verification: schema.authVerifications,
      },
      secret: theApp.env.authSecret,
      appUrl: theApp.env.appUrl,
      trustedOrigins: ownOrigins(theApp.env),
      newId,
      sendCode: ({ email, code }) => theApp.mailer.send(codeMail(email, code)),
      onError: (message, details) => theApp.log.warn({ details: inWords(details) }, `sign-in: ${message}`),
    });
  });

const inWords = (details: unknown): string | undefined =>
  details instanceof Error ? `${details.name}: ${details.message}` : undefined;

/**
 * Sends a six-digit code to the address. Throws `rate_limited` when the address or the asker's network asks too often,
 * `unavailable` when no letter could be sent; says the same whether somebody with the address exists or not.
 */
export async function requestSignInCode(email: string, request: { headers: Headers }): Promise<void> {
  const theApp = await app();
  await limitSending(theApp, email, request);
  await (await localAuth()).sendCode(email);
}

/** Signs in with a code and sets the session's cookie. Guesses are limited per e-mail address and per network. */
export async function signInWithCode(
  email: string,
  code: string,
  request: { headers: Headers },
): Promise<"signed_in" | CodeRefusal> {
  const theApp = await app();
  await limitTrying(theApp, email, request);
  return (await localAuth()).signIn(email, code);
}

export async function limitSending(theApp: App, email: string, request: { headers: Headers }): Promise<void> {
  await enforceLimit(theApp.limiter, ...networkLimit(theApp, "sign-in-send", request, SEND_PER_NETWORK));
  await enforceLimit(theApp.limiter, `sign-in-send:email:${email}`, SEND_PER_EMAIL);
}

export async function limitTrying(theApp: App, email: string, request: { headers: Headers }): Promise<void> {
  await enforceLimit(theApp.limiter, ...networkLimit(theApp, "sign-in-try", request, TRY_PER_NETWORK));
  await enforceLimit(theApp.limiter, `sign-in-try:email:${email}`, TRY_PER_EMAIL);
}

/** Ends the session and clears its cookie; harmless when there is none. */
export async function signOut(): Promise<void> {
  await (await localAuth()).signOut(new Headers(await headers()));
}
