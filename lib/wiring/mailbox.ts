import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { devEmails } from "@/db/schema";
import { withSystem } from "@/db/tenant";
import type { Clock } from "@/lib/platform/clock";
import { newId } from "@/lib/platform/ids";
import type { Mailer } from "@/lib/platform/mail";

/** Embedded mode sends nothing: messages are kept for the development mailbox; one with a key, which would arrive again word for word, once. */
export const mailboxMailer = (database: Database, clock: Clock): Mailer => ({
  async send({ to, subject, text, data, key }) {
    const row = { id: newId("email"), recipient: to.trim().toLowerCase(), subject, body: text, data: data ?? {} };
    const same = and(
      ...(["recipient", "subject", "body"] as const).map((column) => eq(devEmails[column], row[column])),
    );
    await withSystem(database, async (tx) => {
      if (key && (await tx.select({ id: devEmails.id }).from(devEmails).where(same).limit(1)).length > 0) return;
      await tx.insert(devEmails).values({ ...row, createdAt: clock.now() });
    });
  },
});
