import "server-only";
import { currentClerkSession, fetchClerkPerson } from "@/lib/adapters/clerk/server";
import { recogniseSession } from "@/lib/identity";
import type { Viewer } from "@/lib/identity/schemas";
import { app } from "./app";
import { foundingOf } from "./founding";

/** The person behind Clerk's session, null when nobody is signed in. Clerk is asked for people whose token carries no e-mail address. */
export async function clerkViewer(): Promise<Viewer | null> {
  const session = await currentClerkSession();
  if (!session) return null;
  const theApp = await app();
  const { clerk } = theApp.env;
  return recogniseSession(foundingOf(theApp), session, async (externalId) =>
    clerk ? fetchClerkPerson(clerk, externalId) : undefined,
  );
}
