CREATE TABLE "cancellation_policies" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"service_id" text,
	"windows" jsonb NOT NULL,
	"covers_moves" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "booking_series" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"service_id" text NOT NULL,
	"staff_id" text NOT NULL,
	"contact_id" text,
	"call_id" text,
	"source" text NOT NULL,
	"time_zone" text NOT NULL,
	"starts_on" date NOT NULL,
	"start_minute" integer NOT NULL,
	"rule" text NOT NULL,
	"except_on" date[] DEFAULT '{}' NOT NULL,
	"attendee_name" text DEFAULT '' NOT NULL,
	"attendee_phone" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "fee_cents" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "fee_currency" text;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "series_id" text;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "series_on" date;--> statement-breakpoint
CREATE UNIQUE INDEX "cancellation_policies_key" ON "cancellation_policies" USING btree ("org_id",coalesce("service_id", ''));--> statement-breakpoint
CREATE UNIQUE INDEX "booking_series_org_id_id_key" ON "booking_series" USING btree ("org_id","id");--> statement-breakpoint
CREATE INDEX "booking_series_contact" ON "booking_series" USING btree ("org_id","contact_id");--> statement-breakpoint
CREATE INDEX "bookings_series" ON "bookings" USING btree ("org_id","series_id","series_on") WHERE "bookings"."series_id" is not null;
--> statement-breakpoint
DO $$
DECLARE c record; t text;
BEGIN
  FOR c IN
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'text' AND (column_name = 'id' OR column_name LIKE '%\_id')
      AND (table_name IN ('cancellation_policies', 'booking_series') OR (table_name = 'bookings' AND column_name = 'series_id'))
  LOOP
    EXECUTE format('ALTER TABLE public.%I ALTER COLUMN %I TYPE text COLLATE "C"', c.table_name, c.column_name);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['cancellation_policies', 'booking_series'] LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON public.%I TO app_tenant
      USING (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))
      WITH CHECK (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO app_tenant', t);
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE cancellation_policies
  ADD CONSTRAINT cancellation_policies_service FOREIGN KEY (org_id, service_id) REFERENCES services (org_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT cancellation_policies_windows CHECK (jsonb_typeof(windows) = 'array');
--> statement-breakpoint
ALTER TABLE booking_series
  ADD CONSTRAINT booking_series_service FOREIGN KEY (org_id, service_id) REFERENCES services (org_id, id),
  ADD CONSTRAINT booking_series_staff FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id),
  ADD CONSTRAINT booking_series_contact_of FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  ADD CONSTRAINT booking_series_call FOREIGN KEY (org_id, call_id) REFERENCES calls (org_id, id),
  ADD CONSTRAINT booking_series_minute CHECK (start_minute BETWEEN 0 AND 1439),
  ADD CONSTRAINT booking_series_source CHECK (source IN ('agent', 'dashboard', 'link', 'api', 'import'));
--> statement-breakpoint
ALTER TABLE bookings
  ADD CONSTRAINT bookings_fee CHECK (fee_cents >= 0 AND (fee_cents = 0 OR fee_currency IS NOT NULL)),
  ADD CONSTRAINT bookings_series_of FOREIGN KEY (org_id, series_id) REFERENCES booking_series (org_id, id),
  ADD CONSTRAINT bookings_series_date CHECK ((series_id IS NULL) = (series_on IS NULL));
