import "server-only";
import { auth, createClerkClient } from "@clerk/nextjs/server";
import { sessionFrom } from "@/lib/adapters/clerk/session";
import { personFrom } from "@/lib/adapters/clerk/webhook";
import { recogniseSession } from "@/lib/identity";
import type { ExternalPerson } from "@/lib/identity/ports";
import type { Viewer } from "@/lib/identity/schemas";
import { type App, app } from "./app";
import { foundingOf } from "./founding";

/** The person behind Clerk's session, null when nobody is signed in. */
export async function clerkViewer(): Promise<Viewer | null> {
  const { sessionClaims } = await auth();
  const session = sessionClaims && sessionFrom(sessionClaims);
  if (!session) return null;
  const theApp = await app();
  return recogniseSession(foundingOf(theApp), session, (externalId) => fetchPerson(theApp, externalId));
}

/** Asked once per person, and only where the session token's template carries no e-mail address. */
async function fetchPerson(theApp: App, externalId: string): Promise<ExternalPerson | undefined> {
  const { clerk } = theApp.env;
  if (!clerk) return undefined;
  const client = createClerkClient({ secretKey: clerk.secretKey, publishableKey: clerk.publishableKey });
  const user = await client.users.getUser(externalId);
  return personFrom(user.raw);
}
