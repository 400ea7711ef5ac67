import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { connectAccount } from "../connect-account";
import type { CalendarSecret, CalendarVendor, RemoteCalendar } from "../ports";

const main: RemoteCalendar = {
  externalId: "main",
  name: "Work",
  zone: undefined,
  isWritable: true,
  isPrimary: true,
};

/** Connects an account for a person, for tests; answers the ids of the account and of its first calendar. */
export async function connectForTest(
  ctx: Context,
  staffId: string,
  options: {
    vendor?: CalendarVendor;
    mode?: "emulated" | "live";
    secret?: CalendarSecret;
    calendars?: RemoteCalendar[];
    label?: string;
  } = {},
) {
  const accountId = await connectAccount(ctx, {
    id: newId("calendarAccount"),
    vendor: options.vendor ?? "caldav",
    mode: options.mode ?? "live",
    staffId,
    label: options.label ?? "anna@example.test",
    secret: options.secret ?? { kind: "password", url: "https://dav.example.test/", username: "anna", password: "pw" },
    calendars: options.calendars ?? [main],
  });
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`select id from calendars where org_id = ${ctx.orgId} and account_id = ${accountId} order by id`),
  );
  return { accountId, calendarId: (rows[0] as { id: string }).id };
}
