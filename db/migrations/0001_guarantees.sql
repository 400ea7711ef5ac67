-- What Drizzle's schema cannot say: collations, constraints, roles, policies and the few functions that precede a tenant.

-- Ids compare byte by byte, so that their order is their time order whatever the database's locale.
DO $$
DECLARE c record;
BEGIN
  FOR c IN
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'text' AND (column_name = 'id' OR column_name LIKE '%\_id')
  LOOP
    EXECUTE format('ALTER TABLE public.%I ALTER COLUMN %I TYPE text COLLATE "C"', c.table_name, c.column_name);
  END LOOP;
END $$;
--> statement-breakpoint
-- Nobody is booked twice: overlap of two live rows of one person is impossible, buffers and holds included.
ALTER TABLE bookings ADD CONSTRAINT bookings_no_overlap
  EXCLUDE USING gist (staff_id WITH =, int8range(block_start_ms, block_end_ms) WITH &&)
  WHERE (status IN ('held', 'confirmed'));
--> statement-breakpoint
ALTER TABLE bookings
  ADD CONSTRAINT bookings_times CHECK (starts_at < ends_at),
  ADD CONSTRAINT bookings_block_covers CHECK (
    block_start_ms <= (extract(epoch FROM starts_at) * 1000)::bigint AND block_end_ms >= (extract(epoch FROM ends_at) * 1000)::bigint),
  ADD CONSTRAINT bookings_hold_expires CHECK ((status = 'held') = (hold_expires_at IS NOT NULL)),
  ADD CONSTRAINT bookings_status CHECK (status IN ('held', 'confirmed', 'completed', 'no_show', 'cancelled')),
  ADD CONSTRAINT bookings_source CHECK (source IN ('agent', 'dashboard', 'link', 'api', 'import')),
  ADD CONSTRAINT bookings_price CHECK (price_cents IS NULL OR price_cents >= 0),
  ADD CONSTRAINT bookings_service FOREIGN KEY (org_id, service_id) REFERENCES services (org_id, id),
  ADD CONSTRAINT bookings_staff FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id),
  ADD CONSTRAINT bookings_contact FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  ADD CONSTRAINT bookings_call FOREIGN KEY (org_id, call_id) REFERENCES calls (org_id, id);
--> statement-breakpoint
ALTER TABLE services
  ADD CONSTRAINT services_duration CHECK (duration_minutes BETWEEN 5 AND 1440),
  ADD CONSTRAINT services_buffers CHECK (buffer_before_minutes BETWEEN 0 AND 480 AND buffer_after_minutes BETWEEN 0 AND 480),
  ADD CONSTRAINT services_price CHECK (price_cents IS NULL OR price_cents >= 0),
  ADD CONSTRAINT services_notice CHECK (min_notice_minutes BETWEEN 0 AND 525600),
  ADD CONSTRAINT services_horizon CHECK (horizon_days BETWEEN 1 AND 730),
  ADD CONSTRAINT services_grid CHECK (slot_grid_minutes BETWEEN 5 AND 240);
--> statement-breakpoint
ALTER TABLE staff_services
  ADD CONSTRAINT staff_services_staff FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT staff_services_service FOREIGN KEY (org_id, service_id) REFERENCES services (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE weekly_hours
  ADD CONSTRAINT weekly_hours_weekday CHECK (weekday BETWEEN 0 AND 6),
  ADD CONSTRAINT weekly_hours_span CHECK (start_minute >= 0 AND end_minute <= 1440 AND start_minute < end_minute),
  ADD CONSTRAINT weekly_hours_staff FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT weekly_hours_no_overlap EXCLUDE USING gist (
    org_id WITH =, (coalesce(staff_id, '')) WITH =, weekday WITH =, int4range(start_minute, end_minute) WITH &&);
--> statement-breakpoint
ALTER TABLE date_overrides
  ADD CONSTRAINT date_overrides_staff FOREIGN KEY (org_id, staff_id) REFERENCES staff (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE organizations
  ADD CONSTRAINT organizations_slug CHECK (slug ~ '^[a-z0-9](-?[a-z0-9]){0,62}$'),
  ADD CONSTRAINT organizations_retention CHECK (retention_days BETWEEN 1 AND 3650),
  ADD CONSTRAINT organizations_currency CHECK (currency ~ '^[A-Z]{3}$');
--> statement-breakpoint
ALTER TABLE members
  ADD CONSTRAINT members_org FOREIGN KEY (org_id) REFERENCES organizations (id) ON DELETE CASCADE,
  ADD CONSTRAINT members_role CHECK (role IN ('owner', 'admin', 'member', 'viewer'));
--> statement-breakpoint
ALTER TABLE invitations
  ADD CONSTRAINT invitations_org FOREIGN KEY (org_id) REFERENCES organizations (id) ON DELETE CASCADE,
  ADD CONSTRAINT invitations_role CHECK (role IN ('owner', 'admin', 'member', 'viewer'));
--> statement-breakpoint
ALTER TABLE agent_versions
  ADD CONSTRAINT agent_versions_agent FOREIGN KEY (org_id, agent_id) REFERENCES agents (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE connections
  ADD CONSTRAINT connections_provider CHECK (provider IN ('vapi')),
  ADD CONSTRAINT connections_mode CHECK (mode IN ('emulated', 'live')),
  ADD CONSTRAINT connections_agent FOREIGN KEY (org_id, agent_id) REFERENCES agents (org_id, id);
--> statement-breakpoint
ALTER TABLE phone_numbers
  ADD CONSTRAINT phone_numbers_connection FOREIGN KEY (org_id, connection_id) REFERENCES connections (org_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT phone_numbers_agent FOREIGN KEY (org_id, agent_id) REFERENCES agents (org_id, id);
--> statement-breakpoint
ALTER TABLE inbox_events
  ADD CONSTRAINT inbox_events_connection FOREIGN KEY (org_id, connection_id) REFERENCES connections (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE calls
  ADD CONSTRAINT calls_connection FOREIGN KEY (org_id, connection_id) REFERENCES connections (org_id, id),
  ADD CONSTRAINT calls_contact FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id),
  ADD CONSTRAINT calls_status CHECK (status IN ('queued', 'ringing', 'in_progress', 'forwarding', 'ended')),
  ADD CONSTRAINT calls_cost CHECK (cost_micros IS NULL OR cost_micros >= 0);
--> statement-breakpoint
ALTER TABLE turns
  ADD CONSTRAINT turns_call FOREIGN KEY (org_id, call_id) REFERENCES calls (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE tool_calls
  ADD CONSTRAINT tool_calls_call FOREIGN KEY (org_id, call_id) REFERENCES calls (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE recordings
  ADD CONSTRAINT recordings_call FOREIGN KEY (org_id, call_id) REFERENCES calls (org_id, id) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE follow_ups
  ADD CONSTRAINT follow_ups_call FOREIGN KEY (org_id, call_id) REFERENCES calls (org_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT follow_ups_contact FOREIGN KEY (org_id, contact_id) REFERENCES contacts (org_id, id) ON DELETE SET NULL (contact_id);
--> statement-breakpoint
-- Two roles nobody can log in as. The pool's login role owns the tables and takes one of them for each transaction.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_tenant') THEN CREATE ROLE app_tenant NOLOGIN NOBYPASSRLS; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_system') THEN CREATE ROLE app_system NOLOGIN NOBYPASSRLS; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
--> statement-breakpoint
GRANT app_tenant, app_system TO CURRENT_USER;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO app_tenant, app_system;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'members', 'invitations', 'audit_entries', 'events', 'inbox_events', 'services', 'staff', 'staff_services', 'weekly_hours',
    'date_overrides', 'bookings', 'contacts', 'agents', 'agent_versions', 'connections', 'phone_numbers', 'calls', 'turns',
    'tool_calls', 'recordings', 'follow_ups']
  LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON public.%I TO app_tenant
      USING (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))
      WITH CHECK (org_id = (SELECT nullif(current_setting(''app.org_id'', true), '''')))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO app_tenant', t);
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON organizations TO app_tenant
  USING (id = (SELECT nullif(current_setting('app.org_id', true), '')))
  WITH CHECK (id = (SELECT nullif(current_setting('app.org_id', true), '')));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON organizations TO app_tenant;
--> statement-breakpoint
-- History is written once.
REVOKE UPDATE, DELETE ON audit_entries FROM app_tenant;
--> statement-breakpoint
REVOKE UPDATE ON agent_versions FROM app_tenant;
--> statement-breakpoint
-- People are global; a tenant reads only those who are its members.
CREATE FUNCTION org_people() RETURNS TABLE (id text, email text, name text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT u.id, u.email, u.name FROM public.users u JOIN public.members m ON m.user_id = u.id
  WHERE m.org_id = nullif(current_setting('app.org_id', true), '') $$;
--> statement-breakpoint
-- Full text under row-level security cannot use its index (the operator is not leakproof): the tenant is checked here instead.
CREATE FUNCTION search_calls(q text, before_at timestamptz DEFAULT 'infinity', before_id text DEFAULT '~', n int DEFAULT 50)
  RETURNS SETOF calls
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan AS $$
  SELECT * FROM public.calls WHERE org_id = nullif(current_setting('app.org_id', true), '')
    AND search @@ websearch_to_tsquery('simple', q) AND (started_at, id) < (before_at, before_id)
  ORDER BY started_at DESC, id DESC LIMIT least(n, 101) $$;
--> statement-breakpoint
-- The named reads and writes that precede a tenant. Minimal columns; only app_system may call them.
CREATE FUNCTION system_find_connection(connection_id text)
  RETURNS TABLE (id text, org_id text, provider text, mode text, webhook_auth jsonb, webhook_secret_enc text,
    previous_secret_enc text, previous_secret_expires_at timestamptz, agent_id text, time_zone text, disabled boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id, c.org_id, c.provider, c.mode, c.webhook_auth, c.webhook_secret_enc, c.previous_secret_enc,
    c.previous_secret_expires_at, c.agent_id, o.time_zone, (c.disabled_at IS NOT NULL OR o.deleted_at IS NOT NULL)
  FROM public.connections c JOIN public.organizations o ON o.id = c.org_id WHERE c.id = connection_id $$;
--> statement-breakpoint
CREATE FUNCTION system_memberships(of_user_id text)
  RETURNS TABLE (org_id text, slug text, name text, role text, time_zone text, is_demo boolean, onboarding jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.id, o.slug, o.name, m.role, o.time_zone, o.is_demo, o.onboarding FROM public.members m JOIN public.organizations o ON o.id = m.org_id
  WHERE m.user_id = of_user_id AND o.deleted_at IS NULL ORDER BY o.name, o.id $$;
--> statement-breakpoint
CREATE FUNCTION system_find_organization(by_slug text, by_external_id text)
  RETURNS TABLE (id text, external_id text, slug text, name text, is_demo boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.id, o.external_id, o.slug, o.name, o.is_demo FROM public.organizations o
  WHERE (by_slug IS NOT NULL AND o.slug = by_slug) OR (by_external_id IS NOT NULL AND o.external_id = by_external_id) $$;
--> statement-breakpoint
CREATE FUNCTION system_find_invitation(by_token_hash text)
  RETURNS TABLE (id text, org_id text, email text, role text, organization_name text, slug text, expires_at timestamptz, accepted_at timestamptz, revoked_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT i.id, i.org_id, i.email, i.role, o.name, o.slug, i.expires_at, i.accepted_at, i.revoked_at
  FROM public.invitations i JOIN public.organizations o ON o.id = i.org_id WHERE i.token_hash = by_token_hash $$;
--> statement-breakpoint
CREATE FUNCTION system_unrelayed_events(n int)
  RETURNS TABLE (id text, org_id text, kind text, subject_id text)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT e.id, e.org_id, e.kind, e.subject_id FROM public.events e WHERE e.relayed_at IS NULL
  ORDER BY e.tx, e.seq LIMIT n FOR UPDATE SKIP LOCKED $$;
--> statement-breakpoint
CREATE FUNCTION system_mark_relayed(ids text[]) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE public.events SET relayed_at = now() WHERE id = ANY (ids) $$;
--> statement-breakpoint
CREATE FUNCTION system_unprocessed_inbox(older_than timestamptz, n int)
  RETURNS TABLE (id text, org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT i.id, i.org_id FROM public.inbox_events i WHERE i.processed_at IS NULL AND i.attempts < 10 AND i.received_at < older_than
  ORDER BY i.received_at LIMIT n $$;
--> statement-breakpoint
CREATE FUNCTION system_calls_to_reconcile(due timestamptz, n int)
  RETURNS TABLE (id text, org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id, c.org_id FROM public.calls c WHERE c.reconcile_after IS NOT NULL AND c.reconcile_after <= due
  ORDER BY c.reconcile_after LIMIT n $$;
--> statement-breakpoint
CREATE FUNCTION system_organization_ids(after_id text, n int)
  RETURNS TABLE (id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.id FROM public.organizations o WHERE o.deleted_at IS NULL AND o.id > after_id ORDER BY o.id LIMIT n $$;
--> statement-breakpoint
CREATE FUNCTION system_emulated_connections(after_id text, n int)
  RETURNS TABLE (id text, org_id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id, c.org_id FROM public.connections c WHERE c.mode = 'emulated' AND c.disabled_at IS NULL AND c.id > after_id
  ORDER BY c.id LIMIT n $$;
--> statement-breakpoint
DO $$
DECLARE f record;
BEGIN
  FOR f IN SELECT p.oid::regprocedure AS signature, p.proname AS name FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', f.signature,
      CASE WHEN f.name LIKE 'system\_%' THEN 'app_system' ELSE 'app_tenant' END);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON users, auth_sessions, auth_accounts, auth_verifications, identity_events, dev_emails TO app_system;
