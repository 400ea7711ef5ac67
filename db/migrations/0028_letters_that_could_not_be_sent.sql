CREATE INDEX "spending_alerts_to_mail" ON "spending_alerts" USING btree ("created_at") WHERE mailed_at is null;--> statement-breakpoint
-- Organisations with a letter of the running period that the job for it gave up on, in id order.
CREATE FUNCTION system_alerts_to_mail(older_than timestamptz, after_id text, n int) RETURNS TABLE (org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT a.org_id FROM public.spending_alerts a
    JOIN public.subscriptions s ON s.org_id = a.org_id AND s.period_starts_at = a.period_starts_at
    JOIN public.organizations o ON o.id = a.org_id AND o.deleted_at IS NULL
  WHERE a.mailed_at IS NULL AND a.created_at < older_than AND a.org_id > after_id
  ORDER BY a.org_id LIMIT n $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_alerts_to_mail(timestamptz, text, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_alerts_to_mail(timestamptz, text, int) TO app_system;
