-- Closed organisations whose subscription may go on at the engine that collects. A page to pay on lasts a day, and news of a payment some more:
-- for a month after its closing an organisation is asked about whatever we know of it.
CREATE FUNCTION system_closed_customers(due timestamptz, after_id text, n int) RETURNS TABLE (org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.org_id FROM public.subscriptions s JOIN public.organizations o ON o.id = s.org_id
  WHERE o.deleted_at IS NOT NULL AND s.customer_ref IS NOT NULL AND s.org_id > after_id
    AND (o.deleted_at > due - interval '30 days'
      OR (s.subscription_ref IS NOT NULL AND s.cancel_at IS NULL AND s.status NOT IN ('canceled', 'incomplete_expired')))
  ORDER BY s.org_id LIMIT n $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_closed_customers(timestamptz, text, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_closed_customers(timestamptz, text, int) TO app_system;
