CREATE TABLE "resource_closures" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"resource_id" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "resource_closures_resource" ON "resource_closures" USING btree ("org_id","resource_id","ends_at");--> statement-breakpoint
ALTER TABLE resource_closures
  ALTER COLUMN id TYPE text COLLATE "C",
  ALTER COLUMN org_id TYPE text COLLATE "C",
  ALTER COLUMN resource_id TYPE text COLLATE "C",
  ADD CONSTRAINT resource_closures_times CHECK (starts_at < ends_at),
  ADD CONSTRAINT resource_closures_of FOREIGN KEY (org_id, resource_id) REFERENCES resources (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE resource_closures ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON resource_closures TO app_tenant
  USING (org_id = (SELECT nullif(current_setting('app.org_id', true), '')))
  WITH CHECK (org_id = (SELECT nullif(current_setting('app.org_id', true), '')));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON resource_closures TO app_tenant;
--> statement-breakpoint
CREATE TRIGGER schedule_inserted AFTER INSERT ON resource_closures
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION schedule_changed();
--> statement-breakpoint
CREATE TRIGGER schedule_updated AFTER UPDATE ON resource_closures
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION schedule_changed();
--> statement-breakpoint
CREATE TRIGGER schedule_deleted AFTER DELETE ON resource_closures
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION schedule_changed();
