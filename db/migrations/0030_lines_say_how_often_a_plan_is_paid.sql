ALTER TABLE "invoice_lines" ADD COLUMN "billed_every" text;--> statement-breakpoint
ALTER TABLE invoice_lines ADD CONSTRAINT invoice_lines_billed_every CHECK (billed_every IN ('month', 'year'));
--> statement-breakpoint
ALTER TABLE billing_items
  DROP CONSTRAINT billing_items_kind,
  ADD CONSTRAINT billing_items_kind CHECK (kind IN ('meter_unknown_customer', 'meter_too_late', 'meter_refused', 'lost_meter_event',
    'billed_twice', 'overbilled', 'underbilled', 'refunded_twice', 'stuck_call', 'cost_differs', 'unknown_payment', 'invoice_differs',
    'two_subscriptions'));
--> statement-breakpoint
-- What was invoiced for plans: of what recurring revenue is made. Names nobody; an organisation's id tells one from another.
DROP FUNCTION system_operator_lines();
--> statement-breakpoint
CREATE FUNCTION system_operator_lines() RETURNS TABLE (
    org_id text, currency text, plan text, plan_version int, billed_every text, amount bigint, period_starts_at timestamptz,
    period_ends_at timestamptz, issued_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT l.org_id, i.currency, l.plan, l.plan_version, l.billed_every, l.amount, l.period_starts_at, l.period_ends_at, i.issued_at
  FROM public.invoice_lines l JOIN public.invoices i ON i.org_id = l.org_id AND i.id = l.invoice_id
  WHERE l.kind IN ('plan', 'proration') AND l.amount > 0 AND i.status IN ('open', 'paid') $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_operator_lines() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_operator_lines() TO app_system;
