-- What somebody has to settle, a page at a time; the organisation by its name, because somebody has to speak with it.
DROP FUNCTION system_operator_items(int);
--> statement-breakpoint
CREATE FUNCTION system_operator_items(n int, before timestamptz, before_id text) RETURNS TABLE (
    id text, org_id text, organization text, kind text, subject text, facts jsonb, proposal text, found_at timestamptz, total int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT b.id, b.org_id, o.name, b.kind, b.subject, b.facts, b.proposal, b.found_at,
    (SELECT count(*)::int FROM public.billing_items WHERE is_open)
  FROM public.billing_items b JOIN public.organizations o ON o.id = b.org_id
  WHERE b.is_open AND (before IS NULL OR (b.found_at, b.id) < (before, before_id))
  ORDER BY b.found_at DESC, b.id DESC LIMIT n $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_operator_items(int, timestamptz, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_operator_items(int, timestamptz, text) TO app_system;
