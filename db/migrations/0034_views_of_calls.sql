CREATE TABLE "call_views" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"member_id" text,
	"name" text NOT NULL,
	"filter" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "call_views_name_key" UNIQUE NULLS NOT DISTINCT("org_id","member_id","name")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "members_org_id_id_key" ON "members" USING btree ("org_id","id");--> statement-breakpoint
-- By hand from here: byte order of ids, constraints, row-level security. A member's own views go with the membership.
ALTER TABLE call_views
  ALTER COLUMN id TYPE text COLLATE "C", ALTER COLUMN org_id TYPE text COLLATE "C", ALTER COLUMN member_id TYPE text COLLATE "C";
--> statement-breakpoint
ALTER TABLE call_views
  ADD CONSTRAINT call_views_org FOREIGN KEY (org_id) REFERENCES organizations (id) ON DELETE CASCADE,
  ADD CONSTRAINT call_views_member FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT call_views_named CHECK (name <> ''),
  ADD CONSTRAINT call_views_filters CHECK (jsonb_typeof(filter) = 'object' AND filter <> '{}');
--> statement-breakpoint
ALTER TABLE call_views ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON call_views TO app_tenant
  USING (org_id = (SELECT nullif(current_setting('app.org_id', true), '')))
  WITH CHECK (org_id = (SELECT nullif(current_setting('app.org_id', true), '')));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON call_views TO app_tenant;
