CREATE SEQUENCE schedule_versions;
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "schedule_version" bigint DEFAULT nextval('schedule_versions') NOT NULL;
--> statement-breakpoint
-- A process keeps what an organisation has configured under this number: a number is given once, also where its transaction is undone.
CREATE FUNCTION schedule_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE public.organizations SET schedule_version = nextval('public.schedule_versions') WHERE id IN (SELECT org_id FROM changed);
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['services', 'staff', 'staff_services', 'weekly_hours', 'date_overrides', 'holidays', 'locations',
    'service_locations', 'resources', 'service_resources']
  LOOP
    EXECUTE format('CREATE TRIGGER schedule_inserted AFTER INSERT ON public.%I
      REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION schedule_changed()', t);
    EXECUTE format('CREATE TRIGGER schedule_updated AFTER UPDATE ON public.%I
      REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION schedule_changed()', t);
    EXECUTE format('CREATE TRIGGER schedule_deleted AFTER DELETE ON public.%I
      REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION schedule_changed()', t);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION organization_schedule_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.schedule_version := nextval('public.schedule_versions');
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER schedule_updated BEFORE UPDATE OF name, country, time_zone, currency ON organizations
  FOR EACH ROW EXECUTE FUNCTION organization_schedule_changed();
--> statement-breakpoint
GRANT USAGE ON SEQUENCE schedule_versions TO app_tenant;
