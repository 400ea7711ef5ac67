CREATE TABLE "subscriptions" (
	"org_id" text PRIMARY KEY NOT NULL,
	"plan" text NOT NULL,
	"plan_version" integer NOT NULL,
	"status" text NOT NULL,
	"currency" text NOT NULL,
	"billed_every" text DEFAULT 'month' NOT NULL,
	"period_starts_at" timestamp with time zone NOT NULL,
	"period_ends_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_records" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"call_id" text NOT NULL,
	"revision" integer NOT NULL,
	"agent_id" text,
	"seconds" integer NOT NULL,
	"minutes" integer NOT NULL,
	"unbilled" text,
	"rule_version" integer NOT NULL,
	"cost_micros" bigint,
	"effective_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "usage_records_once" ON "usage_records" USING btree ("org_id","call_id","revision");--> statement-breakpoint
CREATE INDEX "usage_records_period" ON "usage_records" USING btree ("org_id","effective_at","call_id");
--> statement-breakpoint
DO $$
DECLARE c record; t text;
BEGIN
  FOR c IN
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'text' AND (column_name = 'id' OR column_name LIKE '%\_id')
      AND table_name IN ('subscriptions', 'usage_records')
  LOOP
    EXECUTE format('ALTER TABLE public.%I ALTER COLUMN %I TYPE text COLLATE "C"', c.table_name, c.column_name);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['subscriptions', 'usage_records'] LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON public.%I TO app_tenant
      USING (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))
      WITH CHECK (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON subscriptions TO app_tenant;
--> statement-breakpoint
GRANT SELECT, INSERT ON usage_records TO app_tenant;
--> statement-breakpoint
ALTER TABLE subscriptions
  ADD CONSTRAINT subscriptions_of FOREIGN KEY (org_id) REFERENCES organizations (id),
  ADD CONSTRAINT subscriptions_status CHECK (
    status IN ('trialing', 'active', 'past_due', 'unpaid', 'paused', 'incomplete', 'incomplete_expired', 'canceled')),
  ADD CONSTRAINT subscriptions_every CHECK (billed_every IN ('month', 'year')),
  ADD CONSTRAINT subscriptions_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT subscriptions_period CHECK (period_starts_at < period_ends_at);
--> statement-breakpoint
ALTER TABLE usage_records
  ADD CONSTRAINT usage_records_call FOREIGN KEY (org_id, call_id) REFERENCES calls (org_id, id),
  ADD CONSTRAINT usage_records_counts CHECK (revision >= 0 AND seconds >= 0 AND minutes >= 0 AND cost_micros >= 0),
  ADD CONSTRAINT usage_records_reason CHECK ((unbilled IS NULL) = (minutes > 0)
    AND unbilled IN ('test_call', 'not_answered', 'our_failure', 'too_short'));
--> statement-breakpoint
CREATE TRIGGER usage_records_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON usage_records
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
