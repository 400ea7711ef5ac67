CREATE TABLE "holiday_calendars" (
	"org_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"country" text NOT NULL,
	"region" text,
	"closed_on" text[] DEFAULT '{}'::text[] NOT NULL,
	"known_until" date NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "holidays" (
	"org_id" text COLLATE "C" NOT NULL,
	"on_date" date NOT NULL,
	"name" text NOT NULL,
	"closes" boolean NOT NULL,
	CONSTRAINT "holidays_org_id_on_date_name_pk" PRIMARY KEY("org_id","on_date","name")
);
--> statement-breakpoint
CREATE TABLE "locations" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"org_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	"time_zone" text,
	"position" integer DEFAULT 0 NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "resources" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"org_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"location_id" text COLLATE "C",
	"position" integer DEFAULT 0 NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_locations" (
	"org_id" text COLLATE "C" NOT NULL,
	"service_id" text COLLATE "C" NOT NULL,
	"location_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "service_locations_service_id_location_id_pk" PRIMARY KEY("service_id","location_id")
);
--> statement-breakpoint
CREATE TABLE "service_resources" (
	"org_id" text COLLATE "C" NOT NULL,
	"service_id" text COLLATE "C" NOT NULL,
	"resource_id" text COLLATE "C" NOT NULL,
	"pool" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "service_resources_service_id_resource_id_pk" PRIMARY KEY("service_id","resource_id")
);
--> statement-breakpoint
DROP INDEX "date_overrides_key";--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "preferred_staff_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "part_of_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "seat_no" integer;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "seats" integer;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "session_key" text COLLATE "C" GENERATED ALWAYS AS (case when seat_no is null then coalesce(part_of_id, id) else service_id || '@' || staff_id || '@' || ((extract(epoch from (starts_at - timestamptz '1970-01-01 00:00:00+00')) * 1000)::bigint)::text end) STORED;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "resource_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "location_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "assigned_by" text DEFAULT 'asked' NOT NULL;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "assigned_why" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "date_overrides" ADD COLUMN "location_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "seats" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "staff_needed" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "max_per_day" integer;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "max_per_week" integer;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "location_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "max_per_day" integer;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "max_per_week" integer;--> statement-breakpoint
ALTER TABLE "staff_services" ADD COLUMN "duration_minutes" integer;--> statement-breakpoint
ALTER TABLE "staff_services" ADD COLUMN "weight" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "weekly_hours" ADD COLUMN "location_id" text COLLATE "C";--> statement-breakpoint
CREATE UNIQUE INDEX "locations_org_id_id_key" ON "locations" USING btree ("org_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "resources_org_id_id_key" ON "resources" USING btree ("org_id","id");--> statement-breakpoint
CREATE INDEX "service_locations_org" ON "service_locations" USING btree ("org_id");--> statement-breakpoint
CREATE INDEX "service_resources_org" ON "service_resources" USING btree ("org_id");--> statement-breakpoint
CREATE INDEX "bookings_parts" ON "bookings" USING btree ("org_id","part_of_id") WHERE part_of_id is not null;--> statement-breakpoint
CREATE INDEX "bookings_by_turn" ON "bookings" USING btree ("org_id","service_id","staff_id","starts_at") WHERE assigned_by = 'round_robin';--> statement-breakpoint
CREATE UNIQUE INDEX "bookings_one_per_seat" ON "bookings" USING btree ("staff_id","session_key","seat_no") WHERE seat_no is not null and part_of_id is null and status in ('held', 'confirmed');--> statement-breakpoint
CREATE UNIQUE INDEX "date_overrides_key" ON "date_overrides" USING btree ("org_id",coalesce("staff_id", "location_id", ''),"on_date");--> statement-breakpoint
-- Two live rows of one person never overlap, buffers and holds included, unless they are seats of one start or rows of one booking.
ALTER TABLE bookings DROP CONSTRAINT bookings_no_overlap;
--> statement-breakpoint
ALTER TABLE bookings
  ADD CONSTRAINT bookings_no_overlap
    EXCLUDE USING gist (staff_id WITH =, int8range(block_start_ms, block_end_ms) WITH &&, session_key WITH <>)
    WHERE (status IN ('held', 'confirmed')),
  ADD CONSTRAINT bookings_resource_no_overlap
    EXCLUDE USING gist (resource_id WITH =, int8range(block_start_ms, block_end_ms) WITH &&, session_key WITH <>)
    WHERE (resource_id IS NOT NULL AND status IN ('held', 'confirmed')),
  ADD CONSTRAINT bookings_seat CHECK ((seat_no IS NULL) = (seats IS NULL) AND (seat_no IS NULL OR seat_no BETWEEN 1 AND seats)),
  ADD CONSTRAINT bookings_assigned CHECK (assigned_by IN ('asked', 'preferred', 'round_robin', 'only_one', 'together')),
  ADD CONSTRAINT bookings_part FOREIGN KEY (org_id, part_of_id) REFERENCES bookings (org_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT bookings_resource FOREIGN KEY (org_id, resource_id) REFERENCES resources (org_id, id),
  ADD CONSTRAINT bookings_location FOREIGN KEY (org_id, location_id) REFERENCES locations (org_id, id);
--> statement-breakpoint
-- Whoever a booking occupies besides its first person is free when it is, whichever verb decided that.
CREATE FUNCTION bookings_parts_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE public.bookings SET status = NEW.status, hold_expires_at = NEW.hold_expires_at, updated_at = NEW.updated_at
  WHERE org_id = NEW.org_id AND part_of_id = NEW.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER bookings_parts_follow AFTER UPDATE OF status, hold_expires_at ON bookings FOR EACH ROW
  WHEN (NEW.part_of_id IS NULL
    AND (OLD.status IS DISTINCT FROM NEW.status OR OLD.hold_expires_at IS DISTINCT FROM NEW.hold_expires_at))
  EXECUTE FUNCTION bookings_parts_follow();
--> statement-breakpoint
ALTER TABLE services
  ADD CONSTRAINT services_seats CHECK (seats BETWEEN 1 AND 500),
  ADD CONSTRAINT services_staff_needed CHECK (staff_needed BETWEEN 0 AND 20),
  ADD CONSTRAINT services_limits CHECK (coalesce(max_per_day, 1) >= 1 AND coalesce(max_per_week, 1) >= 1);
--> statement-breakpoint
ALTER TABLE staff
  ADD CONSTRAINT staff_limits CHECK (coalesce(max_per_day, 1) >= 1 AND coalesce(max_per_week, 1) >= 1),
  ADD CONSTRAINT staff_location FOREIGN KEY (org_id, location_id) REFERENCES locations (org_id, id);
--> statement-breakpoint
ALTER TABLE staff_services
  ADD CONSTRAINT staff_services_duration CHECK (duration_minutes IS NULL OR duration_minutes BETWEEN 5 AND 1440),
  ADD CONSTRAINT staff_services_weight CHECK (weight BETWEEN 0 AND 100);
--> statement-breakpoint
ALTER TABLE weekly_hours
  DROP CONSTRAINT weekly_hours_no_overlap,
  ADD CONSTRAINT weekly_hours_no_overlap EXCLUDE USING gist (
    org_id WITH =, (coalesce(staff_id, location_id, '')) WITH =, weekday WITH =, int4range(start_minute, end_minute) WITH &&),
  ADD CONSTRAINT weekly_hours_whose CHECK (staff_id IS NULL OR location_id IS NULL),
  ADD CONSTRAINT weekly_hours_location FOREIGN KEY (org_id, location_id) REFERENCES locations (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE date_overrides
  ADD CONSTRAINT date_overrides_whose CHECK (staff_id IS NULL OR location_id IS NULL),
  ADD CONSTRAINT date_overrides_location FOREIGN KEY (org_id, location_id) REFERENCES locations (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE contacts ADD CONSTRAINT contacts_preferred_staff
  FOREIGN KEY (org_id, preferred_staff_id) REFERENCES staff (org_id, id) ON DELETE SET NULL (preferred_staff_id);
--> statement-breakpoint
ALTER TABLE resources ADD CONSTRAINT resources_location FOREIGN KEY (org_id, location_id) REFERENCES locations (org_id, id);
--> statement-breakpoint
ALTER TABLE service_locations
  ADD CONSTRAINT service_locations_service FOREIGN KEY (org_id, service_id) REFERENCES services (org_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT service_locations_location FOREIGN KEY (org_id, location_id) REFERENCES locations (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE service_resources
  ADD CONSTRAINT service_resources_pool CHECK (pool BETWEEN 1 AND 5),
  ADD CONSTRAINT service_resources_service FOREIGN KEY (org_id, service_id) REFERENCES services (org_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT service_resources_resource FOREIGN KEY (org_id, resource_id) REFERENCES resources (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['locations', 'service_locations', 'resources', 'service_resources', 'holiday_calendars', 'holidays']
  LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON public.%I TO app_tenant
      USING (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))
      WITH CHECK (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO app_tenant', t);
  END LOOP;
END $$;
