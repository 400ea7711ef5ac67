import { desc } from "drizzle-orm";
import type { Database } from "@/db/client";
import { devEmails } from "@/db/schema";
import { withSystem } from "@/db/tenant";

export type DevEmail = {
  id: string;
  recipient: string;
  subject: string;
  body: string;
  data: Record<string, string>;
  createdAt: Date;
};

/** Letters kept instead of sent, newest first. Of every organisation: for the embedded mode's own mailbox page alone. */
export const listDevEmails = (database: Database, limit = 50): Promise<DevEmail[]> =>
  withSystem(database, (tx) =>
    tx.select().from(devEmails).orderBy(desc(devEmails.createdAt), desc(devEmails.id)).limit(limit),
  );
