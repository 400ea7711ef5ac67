CREATE EXTENSION IF NOT EXISTS btree_gist;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gin;--> statement-breakpoint
CREATE TABLE "agent_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"agent_id" text NOT NULL,
	"number" integer NOT NULL,
	"settings" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agents" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"name" text NOT NULL,
	"job" text NOT NULL,
	"published_version_id" text,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"external_id" text NOT NULL,
	"agent_id" text,
	"agent_version_id" text,
	"contact_id" text,
	"direction" text DEFAULT 'inbound' NOT NULL,
	"kind" text DEFAULT 'phone' NOT NULL,
	"status" text NOT NULL,
	"from_number" text,
	"to_number" text,
	"started_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"duration_seconds" integer,
	"ended_reason" text,
	"outcome" text,
	"outcome_corrected_by" text,
	"summary" text DEFAULT '' NOT NULL,
	"summary_corrected_by" text,
	"transcript" text DEFAULT '' NOT NULL,
	"cost_micros" bigint,
	"cost_breakdown" jsonb,
	"reported" boolean DEFAULT false NOT NULL,
	"last_event_at" timestamp with time zone NOT NULL,
	"reconcile_after" timestamp with time zone,
	"reconcile_attempts" integer DEFAULT 0 NOT NULL,
	"needs_review" boolean DEFAULT false NOT NULL,
	"erased_at" timestamp with time zone,
	"search" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', coalesce(summary, '') || ' ' || coalesce(transcript, ''))) STORED,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "follow_ups" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"call_id" text,
	"contact_id" text,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"caller_name" text DEFAULT '' NOT NULL,
	"caller_phone" text,
	"urgent" boolean DEFAULT false NOT NULL,
	"done_at" timestamp with time zone,
	"done_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recordings" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"call_id" text NOT NULL,
	"state" text NOT NULL,
	"blob_key" text,
	"content_type" text,
	"bytes" integer,
	"duration_ms" integer,
	"channels" integer,
	"peaks" jsonb,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"stored_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tool_calls" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"call_id" text NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"arguments" jsonb NOT NULL,
	"result" jsonb,
	"status" text NOT NULL,
	"offset_ms" integer,
	"duration_ms" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "turns" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"call_id" text NOT NULL,
	"role" text NOT NULL,
	"text" text NOT NULL,
	"offset_ms" integer NOT NULL,
	"duration_ms" integer,
	"source" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"provider" text NOT NULL,
	"mode" text NOT NULL,
	"name" text NOT NULL,
	"webhook_auth" jsonb NOT NULL,
	"webhook_secret_enc" text NOT NULL,
	"previous_secret_enc" text,
	"previous_secret_expires_at" timestamp with time zone,
	"api_key_enc" text,
	"agent_id" text,
	"first_event_at" timestamp with time zone,
	"last_event_at" timestamp with time zone,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "phone_numbers" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"external_id" text,
	"number" text,
	"label" text NOT NULL,
	"agent_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"phone" text,
	"email" text,
	"language" text,
	"notes" text DEFAULT '' NOT NULL,
	"last_seen_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "events_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"relayed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "inbox_events" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"call_external_id" text,
	"call_id" text,
	"kind" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"body" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"processed_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "auth_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "auth_sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "auth_verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dev_emails" (
	"id" text PRIMARY KEY NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity_events" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"external_id" text,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"image" text,
	"external_updated_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_label" text NOT NULL,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"changes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" text PRIMARY KEY NOT NULL,
	"external_id" text,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"trade" text DEFAULT 'other' NOT NULL,
	"country" text DEFAULT 'US' NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"currency" text DEFAULT 'USD' NOT NULL,
	"transfer_number" text,
	"retention_days" integer DEFAULT 365 NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"onboarding" jsonb DEFAULT '{"step":1}'::jsonb NOT NULL,
	"external_updated_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "bookings" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"service_id" text NOT NULL,
	"staff_id" text NOT NULL,
	"contact_id" text,
	"call_id" text,
	"status" text NOT NULL,
	"source" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"block_start_ms" bigint NOT NULL,
	"block_end_ms" bigint NOT NULL,
	"hold_expires_at" timestamp with time zone,
	"time_zone" text NOT NULL,
	"attendee_name" text DEFAULT '' NOT NULL,
	"attendee_phone" text,
	"notes" text DEFAULT '' NOT NULL,
	"price_cents" integer,
	"cancel_reason" text,
	"cancelled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "date_overrides" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"staff_id" text,
	"on_date" date NOT NULL,
	"spans" jsonb NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "services" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"name" text NOT NULL,
	"aliases" text[] DEFAULT '{}'::text[] NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"duration_minutes" integer NOT NULL,
	"buffer_before_minutes" integer DEFAULT 0 NOT NULL,
	"buffer_after_minutes" integer DEFAULT 0 NOT NULL,
	"price_cents" integer,
	"min_notice_minutes" integer DEFAULT 60 NOT NULL,
	"horizon_days" integer DEFAULT 60 NOT NULL,
	"slot_grid_minutes" integer DEFAULT 15 NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"time_zone" text,
	"position" integer DEFAULT 0 NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff_services" (
	"org_id" text NOT NULL,
	"staff_id" text NOT NULL,
	"service_id" text NOT NULL,
	CONSTRAINT "staff_services_staff_id_service_id_pk" PRIMARY KEY("staff_id","service_id")
);
--> statement-breakpoint
CREATE TABLE "weekly_hours" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"staff_id" text,
	"weekday" integer NOT NULL,
	"start_minute" integer NOT NULL,
	"end_minute" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "auth_accounts" ADD CONSTRAINT "auth_accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_sessions" ADD CONSTRAINT "auth_sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agent_versions_number_key" ON "agent_versions" USING btree ("agent_id","number");--> statement-breakpoint
CREATE INDEX "agent_versions_org" ON "agent_versions" USING btree ("org_id","agent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "agents_org_id_id_key" ON "agents" USING btree ("org_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "calls_org_id_id_key" ON "calls" USING btree ("org_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "calls_external_key" ON "calls" USING btree ("connection_id","external_id");--> statement-breakpoint
CREATE INDEX "calls_page" ON "calls" USING btree ("org_id","started_at","id");--> statement-breakpoint
CREATE INDEX "calls_status_page" ON "calls" USING btree ("org_id","status","started_at","id");--> statement-breakpoint
CREATE INDEX "calls_outcome_page" ON "calls" USING btree ("org_id","outcome","started_at","id");--> statement-breakpoint
CREATE INDEX "calls_contact" ON "calls" USING btree ("org_id","contact_id","started_at");--> statement-breakpoint
CREATE INDEX "calls_reconcile" ON "calls" USING btree ("reconcile_after") WHERE reconcile_after is not null;--> statement-breakpoint
CREATE INDEX "calls_search" ON "calls" USING gin ("org_id","search");--> statement-breakpoint
CREATE INDEX "calls_phone_suffix" ON "calls" USING btree ("org_id",reverse(from_number) text_pattern_ops);--> statement-breakpoint
CREATE INDEX "follow_ups_open" ON "follow_ups" USING btree ("org_id","created_at") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "follow_ups_call" ON "follow_ups" USING btree ("org_id","call_id");--> statement-breakpoint
CREATE UNIQUE INDEX "recordings_call_key" ON "recordings" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "recordings_org" ON "recordings" USING btree ("org_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tool_calls_claim_key" ON "tool_calls" USING btree ("call_id","external_id");--> statement-breakpoint
CREATE INDEX "tool_calls_call" ON "tool_calls" USING btree ("org_id","call_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "turns_dedupe_key" ON "turns" USING btree ("call_id","dedupe_key");--> statement-breakpoint
CREATE INDEX "turns_call" ON "turns" USING btree ("org_id","call_id","offset_ms","id");--> statement-breakpoint
CREATE UNIQUE INDEX "connections_org_id_id_key" ON "connections" USING btree ("org_id","id");--> statement-breakpoint
CREATE INDEX "phone_numbers_org" ON "phone_numbers" USING btree ("org_id");--> statement-breakpoint
CREATE UNIQUE INDEX "phone_numbers_external_key" ON "phone_numbers" USING btree ("connection_id","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_org_id_id_key" ON "contacts" USING btree ("org_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_phone_key" ON "contacts" USING btree ("org_id","phone");--> statement-breakpoint
CREATE INDEX "contacts_page" ON "contacts" USING btree ("org_id","last_seen_at","id");--> statement-breakpoint
CREATE INDEX "events_stream" ON "events" USING btree ("org_id","tx","seq");--> statement-breakpoint
CREATE INDEX "events_subject" ON "events" USING btree ("org_id","subject_id","tx","seq");--> statement-breakpoint
CREATE INDEX "events_unrelayed" ON "events" USING btree ("tx","seq") WHERE relayed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_events_dedupe_key" ON "inbox_events" USING btree ("connection_id","dedupe_key");--> statement-breakpoint
CREATE INDEX "inbox_events_call" ON "inbox_events" USING btree ("org_id","call_id","received_at");--> statement-breakpoint
CREATE INDEX "inbox_events_received" ON "inbox_events" USING btree ("org_id","received_at");--> statement-breakpoint
CREATE INDEX "inbox_events_unprocessed" ON "inbox_events" USING btree ("received_at") WHERE processed_at is null;--> statement-breakpoint
CREATE INDEX "auth_accounts_user_id" ON "auth_accounts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "auth_sessions_user_id" ON "auth_sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "auth_verifications_identifier" ON "auth_verifications" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "dev_emails_recipient" ON "dev_emails" USING btree ("recipient","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "users_external_id_key" ON "users" USING btree ("external_id");--> statement-breakpoint
CREATE INDEX "audit_entries_page" ON "audit_entries" USING btree ("org_id","created_at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_subject" ON "audit_entries" USING btree ("org_id","subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "invitations_org" ON "invitations" USING btree ("org_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "members_org_user_key" ON "members" USING btree ("org_id","user_id");--> statement-breakpoint
CREATE INDEX "members_user_id" ON "members" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_slug_key" ON "organizations" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_external_id_key" ON "organizations" USING btree ("external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "bookings_org_id_id_key" ON "bookings" USING btree ("org_id","id");--> statement-breakpoint
CREATE INDEX "bookings_staff_blocks" ON "bookings" USING btree ("org_id","staff_id","block_start_ms","block_end_ms");--> statement-breakpoint
CREATE INDEX "bookings_starts" ON "bookings" USING btree ("org_id","starts_at","id");--> statement-breakpoint
CREATE INDEX "bookings_contact" ON "bookings" USING btree ("org_id","contact_id","starts_at");--> statement-breakpoint
CREATE INDEX "bookings_call" ON "bookings" USING btree ("org_id","call_id");--> statement-breakpoint
CREATE UNIQUE INDEX "date_overrides_key" ON "date_overrides" USING btree ("org_id",coalesce("staff_id", ''),"on_date");--> statement-breakpoint
CREATE UNIQUE INDEX "services_org_id_id_key" ON "services" USING btree ("org_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_org_id_id_key" ON "staff" USING btree ("org_id","id");--> statement-breakpoint
CREATE INDEX "staff_services_service" ON "staff_services" USING btree ("org_id","service_id");--> statement-breakpoint
CREATE INDEX "weekly_hours_staff" ON "weekly_hours" USING btree ("org_id","staff_id","weekday");