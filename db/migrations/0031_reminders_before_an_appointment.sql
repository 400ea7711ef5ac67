CREATE TABLE "booking_reminders" (
	"org_id" text NOT NULL,
	"booking_id" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "booking_reminders_booking_id_starts_at_pk" PRIMARY KEY("booking_id","starts_at")
);
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "reminder_hours" integer DEFAULT 24 NOT NULL;--> statement-breakpoint
CREATE INDEX "booking_reminders_org" ON "booking_reminders" USING btree ("org_id","booking_id");--> statement-breakpoint
CREATE INDEX "bookings_to_remind" ON "bookings" USING btree ("starts_at") WHERE status = 'confirmed' and attendee_email is not null and part_of_id is null;
--> statement-breakpoint
ALTER TABLE booking_reminders ALTER COLUMN org_id TYPE text COLLATE "C", ALTER COLUMN booking_id TYPE text COLLATE "C";
--> statement-breakpoint
ALTER TABLE booking_reminders ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON booking_reminders TO app_tenant
  USING (org_id = (SELECT nullif(current_setting('app.org_id', true), '')))
  WITH CHECK (org_id = (SELECT nullif(current_setting('app.org_id', true), '')));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON booking_reminders TO app_tenant;
--> statement-breakpoint
ALTER TABLE booking_reminders
  ADD CONSTRAINT booking_reminders_booking FOREIGN KEY (org_id, booking_id) REFERENCES bookings (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE organizations ADD CONSTRAINT organizations_reminder_hours CHECK (reminder_hours BETWEEN 0 AND 168);
--> statement-breakpoint
-- Bookings whose time to be reminded of has come, and that were not made or moved since: whoever did that has just heard of it.
CREATE FUNCTION system_reminders_due(due timestamptz, n int)
  RETURNS TABLE (id text, org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT b.id, b.org_id FROM public.bookings b JOIN public.organizations o ON o.id = b.org_id AND o.deleted_at IS NULL
  WHERE b.status = 'confirmed' AND b.attendee_email IS NOT NULL AND b.part_of_id IS NULL
    AND b.starts_at > due AND b.starts_at <= due + interval '168 hours'
    AND b.starts_at <= due + o.reminder_hours * interval '1 hour' AND b.updated_at < b.starts_at - o.reminder_hours * interval '1 hour'
    AND NOT EXISTS (SELECT FROM public.booking_reminders r WHERE r.booking_id = b.id AND r.starts_at = b.starts_at)
  ORDER BY b.starts_at LIMIT n $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_reminders_due(timestamptz, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_reminders_due(timestamptz, int) TO app_system;
--> statement-breakpoint
-- A reading or a reader's lease that lies in the future was noted before the clock was set back: without these such a calendar would wait, and
-- count as current, for as long as the clock was set back.
CREATE OR REPLACE FUNCTION system_calendars_due(due timestamptz, n int)
  RETURNS TABLE (id text, org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id, c.org_id FROM public.calendars c
    JOIN public.calendar_accounts a ON a.id = c.account_id AND a.revoked_at IS NULL
    JOIN public.staff s ON s.id = c.staff_id AND s.active
    JOIN public.organizations o ON o.id = c.org_id AND o.deleted_at IS NULL
  WHERE c.blocks AND (c.next_sync_at <= due OR c.synced_at > due + interval '1 minute')
    AND (c.lease_until IS NULL OR c.lease_until < due OR c.lease_until > due + interval '10 minutes')
  ORDER BY c.next_sync_at LIMIT n $$;
