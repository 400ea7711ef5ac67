CREATE TABLE "waitlist_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"service_id" text NOT NULL,
	"staff_id" text,
	"contact_id" text,
	"call_id" text,
	"source" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"from_on" date,
	"to_on" date,
	"from_minute" integer DEFAULT 0 NOT NULL,
	"to_minute" integer DEFAULT 1440 NOT NULL,
	"attendee_name" text DEFAULT '' NOT NULL,
	"attendee_phone" text,
	"attendee_email" text,
	"notes" text DEFAULT '' NOT NULL,
	"booking_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waitlist_offers" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"entry_id" text NOT NULL,
	"hold_id" text NOT NULL,
	"slot" text NOT NULL,
	"staff_id" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"rank" integer NOT NULL,
	"ranked" integer NOT NULL,
	"priority" integer NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"offered_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"told_at" timestamp with time zone,
	"booking_id" text
);
--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_entries_org_id_id_key" ON "waitlist_entries" USING btree ("org_id","id");--> statement-breakpoint
CREATE INDEX "waitlist_entries_waiting" ON "waitlist_entries" USING btree ("org_id","service_id") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "waitlist_entries_contact" ON "waitlist_entries" USING btree ("org_id","contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_offers_org_id_id_key" ON "waitlist_offers" USING btree ("org_id","id");--> statement-breakpoint
CREATE INDEX "waitlist_offers_entry" ON "waitlist_offers" USING btree ("org_id","entry_id","offered_at");--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_offers_one_open" ON "waitlist_offers" USING btree ("org_id","entry_id") WHERE status = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_offers_one_winner" ON "waitlist_offers" USING btree ("org_id","hold_id") WHERE status = 'accepted';--> statement-breakpoint
CREATE INDEX "waitlist_offers_due" ON "waitlist_offers" USING btree ("expires_at") WHERE status = 'open';
--> statement-breakpoint
DO $$
DECLARE c record; t text;
BEGIN
  FOR c IN
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'text' AND (column_name = 'id' OR column_name LIKE '%\_id')
      AND table_name IN ('waitlist_entries', 'waitlist_offers')
  LOOP
    EXECUTE format('ALTER TABLE public.%I ALTER COLUMN %I TYPE text COLLATE "C"', c.table_name, c.column_name);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['waitlist_entries', 'waitlist_offers'] LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON public.%I TO app_tenant
      USING (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))
      WITH CHECK (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO app_tenant', t);
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE waitlist_entries
  ADD CONSTRAINT waitlist_entries_status CHECK (status IN ('waiting', 'booked', 'left')),
  ADD CONSTRAINT waitlist_entries_source CHECK (source IN ('agent', 'dashboard', 'link', 'api', 'import')),
  ADD CONSTRAINT waitlist_entries_minutes CHECK (from_minute >= 0 AND to_minute <= 1440 AND from_minute < to_minute),
  ADD CONSTRAINT waitlist_entries_dates CHECK (from_on <= to_on),
  ADD CONSTRAINT waitlist_entries_service FOREIGN KEY (org_id, service_id) REFERENCES services (org_id, id),
  ADD CONSTRAINT waitlist_entries_staff FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id),
  ADD CONSTRAINT waitlist_entries_contact_of FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  ADD CONSTRAINT waitlist_entries_call FOREIGN KEY (org_id, call_id) REFERENCES calls (org_id, id),
  ADD CONSTRAINT waitlist_entries_booking FOREIGN KEY (org_id, booking_id) REFERENCES bookings (org_id, id);
--> statement-breakpoint
-- Who waits for a service waits once, however often they ask.
CREATE UNIQUE INDEX waitlist_entries_once ON waitlist_entries (org_id, service_id, coalesce(contact_id, attendee_phone, id))
  WHERE status = 'waiting';
--> statement-breakpoint
ALTER TABLE waitlist_offers
  ADD CONSTRAINT waitlist_offers_status CHECK (status IN ('open', 'accepted', 'declined', 'expired', 'withdrawn')),
  ADD CONSTRAINT waitlist_offers_won CHECK ((status = 'accepted') = (booking_id IS NOT NULL)),
  ADD CONSTRAINT waitlist_offers_of FOREIGN KEY (org_id, entry_id) REFERENCES waitlist_entries (org_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT waitlist_offers_staff FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id),
  ADD CONSTRAINT waitlist_offers_booking FOREIGN KEY (org_id, booking_id) REFERENCES bookings (org_id, id);
--> statement-breakpoint
-- Offers that have run out and holds that nobody took up, where somebody waits: their time goes to the next.
CREATE FUNCTION system_waitlist_due(due timestamptz, n int)
  RETURNS TABLE (id text, org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  (SELECT f.hold_id, f.org_id FROM public.waitlist_offers f WHERE f.status = 'open' AND f.expires_at <= due ORDER BY f.expires_at LIMIT n)
  UNION
  (SELECT b.id, b.org_id FROM public.bookings b WHERE b.status = 'held' AND b.hold_expires_at <= due AND b.part_of_id IS NULL
    AND EXISTS (SELECT FROM public.waitlist_entries w WHERE w.org_id = b.org_id AND w.status = 'waiting') LIMIT n) $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_waitlist_due(timestamptz, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_waitlist_due(timestamptz, int) TO app_system;
