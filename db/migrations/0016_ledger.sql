CREATE TABLE "ledger_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"debit_account" text NOT NULL,
	"credit_account" text NOT NULL,
	"unit" text NOT NULL,
	"amount" bigint NOT NULL,
	"cause_kind" text NOT NULL,
	"cause_id" text NOT NULL,
	"occasion" integer NOT NULL,
	"line" integer NOT NULL,
	"effective_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_folds" (
	"org_id" text PRIMARY KEY NOT NULL,
	"through" "xid8" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_rollups" (
	"org_id" text NOT NULL,
	"account" text NOT NULL,
	"unit" text NOT NULL,
	"span" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"net" bigint NOT NULL,
	CONSTRAINT "ledger_rollups_org_id_account_unit_span_starts_at_pk" PRIMARY KEY("org_id","account","unit","span","starts_at")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_once" ON "ledger_entries" USING btree ("org_id","cause_kind","cause_id","occasion","line");--> statement-breakpoint
CREATE INDEX "ledger_entries_unfolded" ON "ledger_entries" USING btree ("org_id","tx");--> statement-breakpoint
CREATE INDEX "ledger_entries_period" ON "ledger_entries" USING btree ("org_id","effective_at");
--> statement-breakpoint
DO $$
DECLARE c record; t text;
BEGIN
  FOR c IN
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'text' AND (column_name = 'id' OR column_name LIKE '%\_id')
      AND table_name IN ('ledger_entries', 'ledger_rollups', 'ledger_folds')
  LOOP
    EXECUTE format('ALTER TABLE public.%I ALTER COLUMN %I TYPE text COLLATE "C"', c.table_name, c.column_name);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['ledger_entries', 'ledger_rollups', 'ledger_folds'] LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON public.%I TO app_tenant
      USING (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))
      WITH CHECK (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT ON ledger_entries TO app_tenant;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ledger_rollups, ledger_folds TO app_tenant;
--> statement-breakpoint
-- A row takes from one account what it gives to another, within one book: what organisations owe Caly and what callers pay to
-- organisations never meet.
ALTER TABLE ledger_entries
  ADD CONSTRAINT ledger_entries_moves CHECK (amount > 0 AND debit_account <> credit_account),
  ADD CONSTRAINT ledger_entries_accounts CHECK (
    debit_account ~ '^(billing|deposits)\.[a-z_]+$' AND credit_account ~ '^(billing|deposits)\.[a-z_]+$'
    AND split_part(debit_account, '.', 1) = split_part(credit_account, '.', 1)),
  ADD CONSTRAINT ledger_entries_unit CHECK (unit ~ '^[A-Z]{3}$' OR unit IN ('minutes', 'usd_micros')),
  ADD CONSTRAINT ledger_entries_cause CHECK (
    cause_kind IN ('call', 'invoice', 'payment', 'refund', 'credit_note', 'dispute', 'correction') AND cause_id <> ''
    AND occasion >= 0 AND line >= 0);
--> statement-breakpoint
ALTER TABLE ledger_rollups ADD CONSTRAINT ledger_rollups_span CHECK (span IN ('hour', 'day', 'total'));
--> statement-breakpoint
-- Not even the tables' owner rewrites the ledger: what was wrong is put right by another entry.
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: write a correcting entry' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
