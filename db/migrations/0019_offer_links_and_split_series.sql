CREATE TABLE "offer_links" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"offer_id" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "booking_series" ADD COLUMN "split_from_id" text;--> statement-breakpoint
CREATE UNIQUE INDEX "offer_links_token_hash_key" ON "offer_links" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "offer_links_offer" ON "offer_links" USING btree ("org_id","offer_id");--> statement-breakpoint
CREATE INDEX "booking_series_split_from" ON "booking_series" USING btree ("org_id","split_from_id") WHERE "booking_series"."split_from_id" is not null;--> statement-breakpoint
-- By hand from here: byte order of ids, constraints, row-level security, and the read that precedes a tenant.
ALTER TABLE offer_links
  ALTER COLUMN id TYPE text COLLATE "C",
  ALTER COLUMN org_id TYPE text COLLATE "C",
  ALTER COLUMN offer_id TYPE text COLLATE "C";
--> statement-breakpoint
ALTER TABLE offer_links
  ADD CONSTRAINT offer_links_hash CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT offer_links_of FOREIGN KEY (org_id, offer_id) REFERENCES waitlist_offers (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE offer_links ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON offer_links TO app_tenant
  USING (org_id = (SELECT nullif(current_setting('app.org_id', true), '')))
  WITH CHECK (org_id = (SELECT nullif(current_setting('app.org_id', true), '')));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON offer_links TO app_tenant;
--> statement-breakpoint
CREATE FUNCTION system_find_offer_link(by_token_hash text) RETURNS TABLE (org_id text, offer_id text, starts_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT l.org_id, l.offer_id, f.starts_at FROM public.offer_links l
    JOIN public.waitlist_offers f ON f.org_id = l.org_id AND f.id = l.offer_id
    JOIN public.organizations o ON o.id = l.org_id AND o.deleted_at IS NULL
  WHERE l.token_hash = by_token_hash $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_find_offer_link(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_find_offer_link(text) TO app_system;
--> statement-breakpoint
ALTER TABLE booking_series ALTER COLUMN split_from_id TYPE text COLLATE "C";
--> statement-breakpoint
ALTER TABLE booking_series
  ADD CONSTRAINT booking_series_split_of FOREIGN KEY (org_id, split_from_id) REFERENCES booking_series (org_id, id);
