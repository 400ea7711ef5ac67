ALTER TABLE "meter_events" ADD COLUMN "tried_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "meter_lease" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "meter_lease_until" timestamp with time zone;--> statement-breakpoint
-- A late refusal of the engine names the event alone.
CREATE FUNCTION system_find_meter_event(event text) RETURNS TABLE (org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.org_id FROM public.meter_events m WHERE m.identifier = event $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_find_meter_event(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_find_meter_event(text) TO app_system;
