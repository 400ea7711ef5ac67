CREATE TABLE "booking_page_addresses" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"service_id" text,
	"slug" text NOT NULL,
	"is_current" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "booking_page_services" (
	"org_id" text NOT NULL,
	"service_id" text NOT NULL,
	CONSTRAINT "booking_page_services_service_id_pk" PRIMARY KEY("service_id")
);
--> statement-breakpoint
CREATE TABLE "booking_pages" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"is_on" boolean DEFAULT false NOT NULL,
	"is_listed" boolean DEFAULT false NOT NULL,
	"welcome" text DEFAULT '' NOT NULL,
	"after_booking" text DEFAULT '' NOT NULL,
	"phone" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "manage_links" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"booking_id" text NOT NULL,
	"token_hash" text NOT NULL,
	"submission_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "attendee_email" text;--> statement-breakpoint
CREATE UNIQUE INDEX "booking_page_addresses_page_key" ON "booking_page_addresses" USING btree ("slug") WHERE "booking_page_addresses"."service_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "booking_page_addresses_service_key" ON "booking_page_addresses" USING btree ("org_id","slug") WHERE "booking_page_addresses"."service_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "booking_page_addresses_current_key" ON "booking_page_addresses" USING btree ("org_id",coalesce("service_id", '')) WHERE "booking_page_addresses"."is_current";--> statement-breakpoint
CREATE UNIQUE INDEX "booking_pages_org_key" ON "booking_pages" USING btree ("org_id");--> statement-breakpoint
CREATE UNIQUE INDEX "manage_links_token_hash_key" ON "manage_links" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "manage_links_submission_key" ON "manage_links" USING btree ("org_id","submission_hash");--> statement-breakpoint
CREATE INDEX "manage_links_booking" ON "manage_links" USING btree ("org_id","booking_id");--> statement-breakpoint
-- By hand from here: byte order of ids, constraints, row-level security, and the two reads that precede a tenant.
DO $$
DECLARE c record;
BEGIN
  FOR c IN
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name IN ('booking_pages', 'booking_page_services', 'booking_page_addresses', 'manage_links')
      AND data_type = 'text' AND (column_name = 'id' OR column_name LIKE '%\_id')
  LOOP
    EXECUTE format('ALTER TABLE public.%I ALTER COLUMN %I TYPE text COLLATE "C"', c.table_name, c.column_name);
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE booking_page_services
  ADD CONSTRAINT booking_page_services_service FOREIGN KEY (org_id, service_id) REFERENCES services (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE booking_page_addresses
  ADD CONSTRAINT booking_page_addresses_slug CHECK (slug ~ '^[a-z0-9](-?[a-z0-9]){0,62}$'),
  ADD CONSTRAINT booking_page_addresses_service FOREIGN KEY (org_id, service_id) REFERENCES services (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE manage_links
  ADD CONSTRAINT manage_links_hash CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT manage_links_booking FOREIGN KEY (org_id, booking_id) REFERENCES bookings (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['booking_pages', 'booking_page_services', 'booking_page_addresses', 'manage_links']
  LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON public.%I TO app_tenant
      USING (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))
      WITH CHECK (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO app_tenant', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- Any address the page has had leads to it while it is on.
CREATE FUNCTION system_find_booking_page(by_slug text) RETURNS TABLE (org_id text, slug text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.org_id, c.slug FROM public.booking_page_addresses a
    JOIN public.booking_pages p ON p.org_id = a.org_id AND p.is_on
    JOIN public.organizations o ON o.id = a.org_id AND o.deleted_at IS NULL
    JOIN public.booking_page_addresses c ON c.org_id = a.org_id AND c.service_id IS NULL AND c.is_current
  WHERE a.service_id IS NULL AND a.slug = by_slug $$;
--> statement-breakpoint
CREATE FUNCTION system_find_manage_link(by_token_hash text) RETURNS TABLE (org_id text, booking_id text, ends_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT l.org_id, l.booking_id, b.ends_at FROM public.manage_links l
    JOIN public.bookings b ON b.org_id = l.org_id AND b.id = l.booking_id
    JOIN public.organizations o ON o.id = l.org_id AND o.deleted_at IS NULL
  WHERE l.token_hash = by_token_hash $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_find_booking_page(text), system_find_manage_link(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_find_booking_page(text), system_find_manage_link(text) TO app_system;
