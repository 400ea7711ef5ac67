import { expect, test } from "vitest";
import { devEmails } from "@/db/schema";
import { withSystem } from "@/db/tenant";
import { fixedClock } from "@/lib/platform/clock";
import { emptyPgliteDatabase } from "@/tests/database";
import { mailboxMailer } from "./mailbox";

test("embedded mail is kept for the mailbox, with the facts it shows apart", async () => {
  const database = await emptyPgliteDatabase();
  const at = "2026-11-20T10:00:00.000Z";
  const mailer = mailboxMailer(database, fixedClock(at));
  await mailer.send({ to: " Ana@Example.test ", subject: "Your code", text: "Use 123456.", data: { code: "123456" } });
  const rows = await withSystem(database, (tx) => tx.select().from(devEmails));
  expect(rows).toMatchObject([
    {
      recipient: "ana@example.test",
      subject: "Your code",
      body: "Use 123456.",
      data: { code: "123456" },
      createdAt: new Date(at),
    },
  ]);
  const reminder = { to: "ana@example.test", subject: "Reminder", text: "Tomorrow at ten.", key: "reminder:1" };
  for (const text of [reminder.text, reminder.text, "Tomorrow at eleven."]) await mailer.send({ ...reminder, text });
  const kept = await withSystem(database, (tx) => tx.select().from(devEmails));
  expect(kept.map(({ body }) => body)).toEqual(["Use 123456.", "Tomorrow at ten.", "Tomorrow at eleven."]);
});
