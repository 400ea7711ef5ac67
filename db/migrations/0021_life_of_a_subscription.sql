ALTER TABLE "subscriptions" ADD COLUMN "minutes_from" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "spending_alerts" RENAME COLUMN "percent" TO "threshold";
--> statement-breakpoint
ALTER TABLE "spending_alerts" RENAME CONSTRAINT "spending_alerts_org_id_period_starts_at_what_percent_pk"
  TO "spending_alerts_org_id_period_starts_at_what_threshold_pk";
--> statement-breakpoint
ALTER TABLE spending_alerts
  DROP CONSTRAINT spending_alerts_what,
  ADD CONSTRAINT spending_alerts_what CHECK (
    CASE what WHEN 'trial_days' THEN threshold IN (0, 1, 3) WHEN 'cap' THEN threshold IN (50, 80, 100)
      WHEN 'trial' THEN threshold IN (50, 80, 100) ELSE false END);
--> statement-breakpoint
-- Trials that end within three days, within one, or have ended, and whose owners have not been told so.
CREATE FUNCTION system_trials_ending(due timestamptz, n int) RETURNS TABLE (org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.org_id FROM public.subscriptions s JOIN public.organizations o ON o.id = s.org_id AND o.deleted_at IS NULL
  WHERE s.status = 'trialing' AND s.subscription_ref IS NULL AND s.period_ends_at <= due + interval '3 days'
    AND NOT EXISTS (SELECT FROM public.spending_alerts a
      WHERE a.org_id = s.org_id AND a.period_starts_at = s.period_starts_at AND a.what = 'trial_days'
        AND a.threshold = CASE WHEN s.period_ends_at <= due THEN 0 WHEN s.period_ends_at <= due + interval '1 day' THEN 1 ELSE 3 END)
  ORDER BY s.period_ends_at LIMIT n $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_trials_ending(timestamptz, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_trials_ending(timestamptz, int) TO app_system;
