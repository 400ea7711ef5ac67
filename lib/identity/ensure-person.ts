import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { withSystem } from "@/db/tenant";
import type { Founding } from "@/lib/organizations";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { viewerOf } from "./save-person";
import { emailAddress, type Viewer } from "./schemas";

/** The person with this e-mail address, made without a sign-in when there is none. For people the deployment itself invents. */
export async function ensurePerson(founding: Founding, input: { email: string; name: string }): Promise<Viewer> {
  const email = parse(emailAddress, input.email);
  const now = founding.clock.now();
  return withSystem(founding.database, async (tx) => {
    await tx
      .insert(users)
      .values({ id: newId("user"), email, emailVerified: true, name: input.name, createdAt: now, updatedAt: now })
      .onConflictDoNothing();
    const [row] = await tx.select().from(users).where(eq(users.email, email));
    if (!row) throw new Error("The person was not written");
    return viewerOf(row);
  });
}
