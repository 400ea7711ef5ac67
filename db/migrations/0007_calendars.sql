CREATE TABLE "calendar_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"staff_id" text NOT NULL,
	"vendor" text NOT NULL,
	"mode" text NOT NULL,
	"label" text NOT NULL,
	"secret_enc" text NOT NULL,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendar_busy" (
	"org_id" text NOT NULL,
	"calendar_id" text NOT NULL,
	"staff_id" text NOT NULL,
	"item_id" text NOT NULL,
	"start_ms" bigint NOT NULL,
	"end_ms" bigint NOT NULL,
	CONSTRAINT "calendar_busy_calendar_id_item_id_start_ms_end_ms_pk" PRIMARY KEY("calendar_id","item_id","start_ms","end_ms")
);
--> statement-breakpoint
CREATE TABLE "calendar_feeds" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"staff_id" text,
	"token_hash" text NOT NULL,
	"shows_details" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendar_writes" (
	"org_id" text NOT NULL,
	"booking_id" text NOT NULL,
	"calendar_id" text NOT NULL,
	"key" text NOT NULL,
	"external_id" text,
	"etag" text,
	"written_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"lease_token" text,
	"lease_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "calendar_writes_booking_id_calendar_id_pk" PRIMARY KEY("booking_id","calendar_id")
);
--> statement-breakpoint
CREATE TABLE "calendars" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"account_id" text NOT NULL,
	"staff_id" text NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"time_zone" text,
	"writable" boolean NOT NULL,
	"blocks" boolean DEFAULT false NOT NULL,
	"receives" boolean DEFAULT false NOT NULL,
	"sync_token" text,
	"full_sync_at" timestamp with time zone,
	"synced_at" timestamp with time zone,
	"fresh_until" timestamp with time zone,
	"requested_at" timestamp with time zone,
	"lease_token" text,
	"lease_until" timestamp with time zone,
	"next_sync_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"alerted_at" timestamp with time zone,
	"alert_mailed_at" timestamp with time zone,
	"push_channel_id" text,
	"push_resource_id" text,
	"push_secret_hash" text,
	"push_expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "tentative" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_accounts_org_id_id_key" ON "calendar_accounts" USING btree ("org_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_accounts_label_key" ON "calendar_accounts" USING btree ("org_id","staff_id","vendor","mode","label");--> statement-breakpoint
CREATE INDEX "calendar_busy_staff" ON "calendar_busy" USING btree ("org_id","staff_id","start_ms","end_ms");--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feeds_token_key" ON "calendar_feeds" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feeds_subject_key" ON "calendar_feeds" USING btree ("org_id",coalesce("staff_id", ''));--> statement-breakpoint
CREATE INDEX "calendar_writes_key" ON "calendar_writes" USING btree ("org_id","key");--> statement-breakpoint
CREATE INDEX "calendar_writes_calendar" ON "calendar_writes" USING btree ("org_id","calendar_id");--> statement-breakpoint
CREATE INDEX "calendar_writes_due" ON "calendar_writes" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "calendars_org_id_id_key" ON "calendars" USING btree ("org_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "calendars_external_key" ON "calendars" USING btree ("account_id","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "calendars_receiving_key" ON "calendars" USING btree ("org_id","staff_id") WHERE receives;--> statement-breakpoint
CREATE UNIQUE INDEX "calendars_push_key" ON "calendars" USING btree ("push_channel_id");--> statement-breakpoint
CREATE INDEX "calendars_due" ON "calendars" USING btree ("next_sync_at") WHERE blocks;--> statement-breakpoint
CREATE INDEX "calendars_staff" ON "calendars" USING btree ("org_id","staff_id") WHERE blocks;--> statement-breakpoint
DO $$
DECLARE c record;
BEGIN
  FOR c IN
    SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text'
      AND (column_name = 'id' OR column_name LIKE '%\_id') AND (table_name = 'calendars' OR table_name LIKE 'calendar\_%')
  LOOP
    EXECUTE format('ALTER TABLE public.%I ALTER COLUMN %I TYPE text COLLATE "C"', c.table_name, c.column_name);
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE calendar_accounts
  ADD CONSTRAINT calendar_accounts_vendor CHECK (vendor IN ('google', 'microsoft', 'caldav', 'feed')),
  ADD CONSTRAINT calendar_accounts_mode CHECK (mode IN ('emulated', 'live')),
  ADD CONSTRAINT calendar_accounts_staff FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE calendars
  ADD CONSTRAINT calendars_receives_writable CHECK (writable OR NOT receives),
  ADD CONSTRAINT calendars_account FOREIGN KEY (org_id, account_id) REFERENCES calendar_accounts (org_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT calendars_staff FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
-- A day at most: what lies near a time is found by its start.
ALTER TABLE calendar_busy
  ADD CONSTRAINT calendar_busy_piece CHECK (start_ms < end_ms AND end_ms - start_ms <= 86400000),
  ADD CONSTRAINT calendar_busy_calendar FOREIGN KEY (org_id, calendar_id) REFERENCES calendars (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE calendar_writes
  ADD CONSTRAINT calendar_writes_booking FOREIGN KEY (org_id, booking_id) REFERENCES bookings (org_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT calendar_writes_calendar FOREIGN KEY (org_id, calendar_id) REFERENCES calendars (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE calendar_feeds
  ADD CONSTRAINT calendar_feeds_staff FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['calendar_accounts', 'calendars', 'calendar_busy', 'calendar_writes', 'calendar_feeds']
  LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON public.%I TO app_tenant
      USING (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))
      WITH CHECK (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO app_tenant', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- No hold and no booking on time that a calendar is known to take, whichever verb writes it. A reader of a calendar that finds new busy
-- time takes the same lock exclusively before it writes: whoever booked before is seen by it, whoever books after sees what it wrote.
-- An insert is answered with no row, as the overlap constraint's ON CONFLICT DO NOTHING does; an update with that constraint's error.
-- The row's own `updated_at` is the moment at which freshness is judged.
CREATE FUNCTION bookings_known_busy() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.status NOT IN ('held', 'confirmed') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND OLD.staff_id = NEW.staff_id AND OLD.block_start_ms = NEW.block_start_ms AND OLD.block_end_ms = NEW.block_end_ms
    THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT FROM public.calendars c WHERE c.org_id = NEW.org_id AND c.staff_id = NEW.staff_id AND c.blocks) THEN
    NEW.tentative := false;
    RETURN NEW;
  END IF;
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('calendar ' || NEW.staff_id, 0));
  IF EXISTS (SELECT FROM public.calendar_busy b WHERE b.org_id = NEW.org_id AND b.staff_id = NEW.staff_id
      AND b.start_ms > NEW.block_start_ms - 86400000 AND b.start_ms < NEW.block_end_ms AND b.end_ms > NEW.block_start_ms) THEN
    IF TG_OP = 'INSERT' THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'a calendar takes this time' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'bookings_no_overlap';
  END IF;
  NEW.tentative := EXISTS (SELECT FROM public.calendars c WHERE c.org_id = NEW.org_id AND c.staff_id = NEW.staff_id AND c.blocks
    AND (c.fresh_until IS NULL OR c.fresh_until < NEW.updated_at));
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER bookings_known_busy BEFORE INSERT OR UPDATE ON bookings FOR EACH ROW EXECUTE FUNCTION bookings_known_busy();
--> statement-breakpoint
CREATE FUNCTION system_calendars_due(due timestamptz, n int)
  RETURNS TABLE (id text, org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id, c.org_id FROM public.calendars c
    JOIN public.calendar_accounts a ON a.id = c.account_id AND a.revoked_at IS NULL
    JOIN public.staff s ON s.id = c.staff_id AND s.active
    JOIN public.organizations o ON o.id = c.org_id AND o.deleted_at IS NULL
  WHERE c.blocks AND c.next_sync_at <= due AND (c.lease_until IS NULL OR c.lease_until < due) ORDER BY c.next_sync_at LIMIT n $$;
--> statement-breakpoint
-- A calendar that was never read has a minute for its first time.
CREATE FUNCTION system_calendars_stale(at_time timestamptz, n int)
  RETURNS TABLE (id text, org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id, c.org_id FROM public.calendars c
    JOIN public.staff s ON s.id = c.staff_id AND s.active
    JOIN public.organizations o ON o.id = c.org_id AND o.deleted_at IS NULL
  WHERE c.blocks AND c.alerted_at IS NULL AND coalesce(c.fresh_until, c.created_at + interval '1 minute') < at_time LIMIT n $$;
--> statement-breakpoint
CREATE FUNCTION system_calendar_writes_due(due timestamptz, n int)
  RETURNS TABLE (id text, org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT w.booking_id, w.org_id FROM public.calendar_writes w
    JOIN public.calendars c ON c.id = w.calendar_id
    JOIN public.calendar_accounts a ON a.id = c.account_id AND a.revoked_at IS NULL
    JOIN public.organizations o ON o.id = w.org_id AND o.deleted_at IS NULL
  WHERE w.due_at <= due ORDER BY w.due_at LIMIT n $$;
--> statement-breakpoint
CREATE FUNCTION system_find_calendar_channel(channel_id text)
  RETURNS TABLE (id text, org_id text, secret_hash text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id, c.org_id, c.push_secret_hash FROM public.calendars c
    JOIN public.organizations o ON o.id = c.org_id AND o.deleted_at IS NULL WHERE c.push_channel_id = channel_id $$;
--> statement-breakpoint
CREATE FUNCTION system_find_calendar_feed(of_token_hash text)
  RETURNS TABLE (id text, org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT f.id, f.org_id FROM public.calendar_feeds f
    JOIN public.organizations o ON o.id = f.org_id AND o.deleted_at IS NULL WHERE f.token_hash = of_token_hash $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_calendars_due(timestamptz, int), system_calendars_stale(timestamptz, int),
  system_calendar_writes_due(timestamptz, int), system_find_calendar_channel(text), system_find_calendar_feed(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_calendars_due(timestamptz, int), system_calendars_stale(timestamptz, int),
  system_calendar_writes_due(timestamptz, int), system_find_calendar_channel(text), system_find_calendar_feed(text) TO app_system;
