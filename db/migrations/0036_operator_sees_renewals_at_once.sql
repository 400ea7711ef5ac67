-- A renewal's invoice is a draft for an hour, and longer where nobody collects: who renewed has not left. A change that waits for its payment has not come about.
CREATE OR REPLACE FUNCTION system_operator_lines() RETURNS TABLE (
    org_id text, currency text, plan text, plan_version int, billed_every text, amount bigint, period_starts_at timestamptz,
    period_ends_at timestamptz, issued_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT l.org_id, i.currency, l.plan, l.plan_version, l.billed_every, l.amount, l.period_starts_at, l.period_ends_at, i.issued_at
  FROM public.invoice_lines l JOIN public.invoices i ON i.org_id = l.org_id AND i.id = l.invoice_id
  WHERE l.kind IN ('plan', 'proration') AND l.amount > 0 AND i.status IN ('draft', 'open', 'paid')
    AND NOT (i.status = 'open' AND i.reason = 'subscription_update') $$;
