import type { Database } from "@/db/client";
import { devEmails } from "@/db/schema";
import { withSystem } from "@/db/tenant";
import type { Clock } from "@/lib/platform/clock";
import { newId } from "@/lib/platform/ids";
import type { Mailer } from "@/lib/platform/mail";

/** Embedded mode sends nothing: messages are kept for the development mailbox. */
export const mailboxMailer = (database: Database, clock: Clock): Mailer => ({
  async send({ to, subject, text, data }) {
    const row = { id: newId("email"), recipient: to.trim().toLowerCase(), subject, body: text, data: data ?? {} };
    await withSystem(database, (tx) => tx.insert(devEmails).values({ ...row, createdAt: clock.now() }));
  },
});
