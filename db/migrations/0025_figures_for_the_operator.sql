-- What was invoiced for plans: of what recurring revenue is made. Names nobody; an organisation's id tells one from another.
CREATE FUNCTION system_operator_lines() RETURNS TABLE (
    org_id text, currency text, plan text, plan_version int, amount bigint, period_starts_at timestamptz, period_ends_at timestamptz,
    issued_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT l.org_id, i.currency, l.plan, l.plan_version, l.amount, l.period_starts_at, l.period_ends_at, i.issued_at
  FROM public.invoice_lines l JOIN public.invoices i ON i.org_id = l.org_id AND i.id = l.invoice_id
  WHERE l.kind IN ('plan', 'proration') AND l.amount > 0 AND i.status IN ('open', 'paid') $$;
--> statement-breakpoint
CREATE FUNCTION system_operator_trials(now timestamptz) RETURNS TABLE (month text, started int, converted int, running int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT to_char(s.created_at AT TIME ZONE 'UTC', 'YYYY-MM'), count(*)::int, count(s.billed_from)::int,
    (count(*) FILTER (WHERE s.status = 'trialing' AND s.subscription_ref IS NULL AND s.period_ends_at > now))::int
  FROM public.subscriptions s GROUP BY 1 $$;
--> statement-breakpoint
-- Monthly sums of the ledgers, by the currency in which an organisation pays: of each the sums by day, and the entries they do not know yet.
CREATE FUNCTION system_operator_ledger() RETURNS TABLE (month text, currency text, account text, unit text, net numeric)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH accounts AS (
    SELECT unnest(ARRAY['billing.subscription_revenue', 'billing.overage_revenue', 'billing.provider_cost']) AS account
  ), folds AS (
    SELECT f.org_id, f.through FROM public.ledger_folds f WHERE f.through <= pg_snapshot_xmin(pg_current_snapshot())
  ), parts AS (
    SELECT r.org_id, r.account, r.unit, r.starts_at AS at, r.net
    FROM public.ledger_rollups r JOIN folds USING (org_id) JOIN accounts USING (account) WHERE r.span = 'day'
    UNION ALL
    SELECT e.org_id, side.account, e.unit, e.effective_at, side.net
    FROM public.ledger_entries e LEFT JOIN folds f ON f.org_id = e.org_id
      CROSS JOIN LATERAL (VALUES (e.debit_account, e.amount), (e.credit_account, -e.amount)) AS side(account, net)
      JOIN accounts ON accounts.account = side.account
    WHERE e.tx >= coalesce(f.through, '0'::xid8)
  )
  SELECT to_char(p.at AT TIME ZONE 'UTC', 'YYYY-MM'), s.currency, p.account, p.unit, sum(p.net)
  FROM parts p JOIN public.subscriptions s ON s.org_id = p.org_id GROUP BY 1, 2, 3, 4 $$;
--> statement-breakpoint
CREATE FUNCTION system_operator_calls() RETURNS TABLE (month text, calls int, booked int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT to_char(k.started_at AT TIME ZONE 'UTC', 'YYYY-MM'), count(*)::int, (count(*) FILTER (WHERE k.outcome = 'booked'))::int
  FROM public.calls k WHERE k.kind <> 'test' GROUP BY 1 $$;
--> statement-breakpoint
-- What somebody has to settle; the organisation by its name, because somebody has to speak with it.
CREATE FUNCTION system_operator_items(n int) RETURNS TABLE (
    id text, organization text, kind text, subject text, facts jsonb, proposal text, found_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT b.id, o.name, b.kind, b.subject, b.facts, b.proposal, b.found_at
  FROM public.billing_items b JOIN public.organizations o ON o.id = b.org_id
  WHERE b.is_open ORDER BY b.found_at DESC, b.id DESC LIMIT n $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_operator_lines(), system_operator_trials(timestamptz), system_operator_ledger(), system_operator_calls(),
  system_operator_items(int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_operator_lines(), system_operator_trials(timestamptz), system_operator_ledger(), system_operator_calls(),
  system_operator_items(int) TO app_system;
