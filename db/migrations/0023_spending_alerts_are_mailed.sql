ALTER TABLE "spending_alerts" ADD COLUMN "mailed_at" timestamp with time zone;
--> statement-breakpoint
GRANT UPDATE (mailed_at), DELETE ON spending_alerts TO app_tenant;
