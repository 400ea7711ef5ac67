CREATE TABLE "billing_events" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"object_ref" text,
	"customer_ref" text,
	"is_thin" boolean NOT NULL,
	"happened_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "billing_items" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"facts" jsonb NOT NULL,
	"proposal" text NOT NULL,
	"is_open" boolean DEFAULT true NOT NULL,
	"found_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_because" text
);
--> statement-breakpoint
CREATE TABLE "invoice_lines" (
	"org_id" text NOT NULL,
	"invoice_id" text NOT NULL,
	"position" integer NOT NULL,
	"ref" text NOT NULL,
	"kind" text NOT NULL,
	"description" text NOT NULL,
	"plan" text,
	"plan_version" integer,
	"quantity" bigint,
	"amount" bigint NOT NULL,
	"period_starts_at" timestamp with time zone NOT NULL,
	"period_ends_at" timestamp with time zone NOT NULL,
	CONSTRAINT "invoice_lines_org_id_invoice_id_position_pk" PRIMARY KEY("org_id","invoice_id","position")
);
--> statement-breakpoint
CREATE TABLE "invoices" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"ref" text NOT NULL,
	"number" text,
	"status" text NOT NULL,
	"reason" text NOT NULL,
	"currency" text NOT NULL,
	"subtotal" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"total" bigint NOT NULL,
	"amount_due" bigint NOT NULL,
	"amount_paid" bigint NOT NULL,
	"period_starts_at" timestamp with time zone NOT NULL,
	"period_ends_at" timestamp with time zone NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"paid_at" timestamp with time zone,
	"next_attempt_at" timestamp with time zone,
	"reading_no" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "meter_events" (
	"org_id" text NOT NULL,
	"call_id" text NOT NULL,
	"revision" integer NOT NULL,
	"identifier" text NOT NULL,
	"minutes" integer NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"problem" text,
	"effective_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "meter_events_org_id_call_id_revision_pk" PRIMARY KEY("org_id","call_id","revision")
);
--> statement-breakpoint
CREATE TABLE "spending_alerts" (
	"org_id" text NOT NULL,
	"period_starts_at" timestamp with time zone NOT NULL,
	"what" text NOT NULL,
	"percent" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "spending_alerts_org_id_period_starts_at_what_percent_pk" PRIMARY KEY("org_id","period_starts_at","what","percent")
);
--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "customer_ref" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "subscription_ref" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "billed_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "cancel_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "past_due_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "spending_cap" bigint;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "reading_no" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "billing_events_due" ON "billing_events" USING btree ("next_attempt_at") WHERE done_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "billing_items_open" ON "billing_items" USING btree ("org_id","kind","subject") WHERE is_open;--> statement-breakpoint
CREATE INDEX "billing_items_found" ON "billing_items" USING btree ("org_id","found_at");--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_ref" ON "invoices" USING btree ("ref");--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_org_id" ON "invoices" USING btree ("org_id","id");--> statement-breakpoint
CREATE INDEX "invoices_issued" ON "invoices" USING btree ("org_id","issued_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "meter_events_identifier" ON "meter_events" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "meter_events_due" ON "meter_events" USING btree ("state","next_attempt_at");--> statement-breakpoint
CREATE INDEX "meter_events_period" ON "meter_events" USING btree ("org_id","effective_at");--> statement-breakpoint
CREATE UNIQUE INDEX "subscriptions_customer" ON "subscriptions" USING btree ("customer_ref");--> statement-breakpoint
CREATE UNIQUE INDEX "subscriptions_ref" ON "subscriptions" USING btree ("subscription_ref");
--> statement-breakpoint
DO $$
DECLARE c record; t text;
BEGIN
  FOR c IN
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'text'
      AND (column_name = 'id' OR column_name LIKE '%\_id' OR column_name LIKE '%\_ref' OR column_name IN ('ref', 'identifier', 'subject'))
      AND NOT (table_name = 'subscriptions' AND column_name = 'org_id')
      AND table_name IN ('subscriptions', 'invoices', 'invoice_lines', 'meter_events', 'billing_items', 'spending_alerts', 'billing_events')
  LOOP
    EXECUTE format('ALTER TABLE public.%I ALTER COLUMN %I TYPE text COLLATE "C"', c.table_name, c.column_name);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['invoices', 'invoice_lines', 'meter_events', 'billing_items', 'spending_alerts'] LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON public.%I TO app_tenant
      USING (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))
      WITH CHECK (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON invoices, meter_events, billing_items TO app_tenant;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON invoice_lines TO app_tenant;
--> statement-breakpoint
GRANT SELECT, INSERT ON spending_alerts TO app_tenant;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON billing_events TO app_system;
--> statement-breakpoint
-- Numbers the readings at the engine: one that began later shows what is at least as new. See lib/billing.
CREATE SEQUENCE billing_readings;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE billing_readings TO app_tenant, app_system;
--> statement-breakpoint
ALTER TABLE subscriptions ADD CONSTRAINT subscriptions_cap CHECK (spending_cap >= 0);
--> statement-breakpoint
ALTER TABLE invoices
  ADD CONSTRAINT invoices_of FOREIGN KEY (org_id) REFERENCES organizations (id),
  ADD CONSTRAINT invoices_status CHECK (status IN ('draft', 'open', 'paid', 'uncollectible', 'void')),
  ADD CONSTRAINT invoices_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT invoices_amounts CHECK (amount_paid >= 0);
--> statement-breakpoint
ALTER TABLE invoice_lines
  ADD CONSTRAINT invoice_lines_of FOREIGN KEY (org_id, invoice_id) REFERENCES invoices (org_id, id),
  ADD CONSTRAINT invoice_lines_kind CHECK (kind IN ('plan', 'minutes', 'proration', 'credit', 'other'));
--> statement-breakpoint
ALTER TABLE meter_events
  ADD CONSTRAINT meter_events_record FOREIGN KEY (org_id, call_id, revision) REFERENCES usage_records (org_id, call_id, revision),
  ADD CONSTRAINT meter_events_state CHECK (
    state IN ('pending', 'sent', 'cancelling', 'cancelled', 'credited', 'refused', 'given_up')),
  ADD CONSTRAINT meter_events_counts CHECK (minutes <> 0 AND attempts >= 0);
--> statement-breakpoint
ALTER TABLE billing_items
  ADD CONSTRAINT billing_items_of FOREIGN KEY (org_id) REFERENCES organizations (id),
  ADD CONSTRAINT billing_items_kind CHECK (kind IN ('meter_unknown_customer', 'meter_too_late', 'meter_refused', 'lost_meter_event',
    'billed_twice', 'overbilled', 'underbilled', 'refunded_twice', 'stuck_call', 'cost_differs', 'unknown_payment', 'invoice_differs')),
  ADD CONSTRAINT billing_items_closed CHECK (is_open = (closed_at IS NULL));
--> statement-breakpoint
ALTER TABLE spending_alerts
  ADD CONSTRAINT spending_alerts_of FOREIGN KEY (org_id) REFERENCES organizations (id),
  ADD CONSTRAINT spending_alerts_what CHECK (what IN ('cap', 'trial') AND percent IN (50, 80, 100));
--> statement-breakpoint
-- An event of the engine names a customer, whose organisation is asked for here.
CREATE FUNCTION system_find_customer(customer text) RETURNS TABLE (org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.org_id FROM public.subscriptions s WHERE s.customer_ref = customer $$;
--> statement-breakpoint
-- Organisations with minutes to send; each is worked on by one at a time, because the engine takes one event at a time per customer.
CREATE FUNCTION system_meter_events_due(due timestamptz, n int) RETURNS TABLE (org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.org_id FROM public.meter_events m WHERE m.state IN ('pending', 'cancelling') AND m.next_attempt_at <= due
  GROUP BY m.org_id ORDER BY min(m.next_attempt_at) LIMIT n $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_find_customer(text), system_meter_events_due(timestamptz, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_find_customer(text), system_meter_events_due(timestamptz, int) TO app_system;
