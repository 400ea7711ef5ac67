import { auth, createClerkClient } from "@clerk/nextjs/server";
import type { ExternalPerson, ExternalSession } from "@/lib/identity/ports";
import { sessionFrom } from "./session";
import { personFrom } from "./webhook";

/** The session the middleware has verified for the request being answered; undefined when nobody is signed in. */
export async function currentClerkSession(): Promise<ExternalSession | undefined> {
  const { sessionClaims } = await auth();
  return sessionClaims ? sessionFrom(sessionClaims) : undefined;
}

/** A person as Clerk's API describes them; undefined without an e-mail address. */
export async function fetchClerkPerson(
  keys: { secretKey: string; publishableKey: string },
  externalId: string,
): Promise<ExternalPerson | undefined> {
  const user = await createClerkClient(keys).users.getUser(externalId);
  return personFrom(user.raw);
}
