ALTER TABLE "calls" ADD COLUMN "is_limited" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE usage_records
  DROP CONSTRAINT usage_records_reason,
  ADD CONSTRAINT usage_records_reason CHECK ((unbilled IS NULL) = (minutes > 0)
    AND unbilled IN ('test_call', 'not_answered', 'our_failure', 'too_short', 'limited'));
