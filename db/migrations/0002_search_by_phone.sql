-- The end of a telephone number is what people remember. reverse() is not leakproof, so under row-level security its index is not
-- used (20,000 calls: a sequential scan); as in search_calls the tenant is checked inside the function instead.
CREATE INDEX contacts_phone_suffix ON contacts (org_id, reverse(phone) text_pattern_ops);
--> statement-breakpoint
-- ':' follows '9' in byte order: the range holds every number that ends with these digits.
CREATE FUNCTION search_calls_by_phone(suffix text, before_at timestamptz DEFAULT 'infinity', before_id text DEFAULT '~', n int DEFAULT 50)
  RETURNS SETOF calls
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan AS $$
  SELECT * FROM public.calls WHERE org_id = nullif(current_setting('app.org_id', true), '')
    AND suffix ~ '^[0-9]{3,15}$' AND reverse(from_number) ~>=~ reverse(suffix) AND reverse(from_number) ~<~ (reverse(suffix) || ':')
    AND (started_at, id) < (before_at, before_id)
  ORDER BY started_at DESC, id DESC LIMIT least(n, 101) $$;
--> statement-breakpoint
CREATE FUNCTION search_contacts_by_phone(suffix text, n int DEFAULT 50)
  RETURNS SETOF contacts
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan AS $$
  SELECT * FROM public.contacts WHERE org_id = nullif(current_setting('app.org_id', true), '')
    AND suffix ~ '^[0-9]{3,15}$' AND reverse(phone) ~>=~ reverse(suffix) AND reverse(phone) ~<~ (reverse(suffix) || ':')
  ORDER BY last_seen_at DESC, id DESC LIMIT least(n, 101) $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION search_calls_by_phone(text, timestamptz, text, int), search_contacts_by_phone(text, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION search_calls_by_phone(text, timestamptz, text, int), search_contacts_by_phone(text, int) TO app_tenant;
--> statement-breakpoint
-- The two filters of the calls list that no other index serves.
CREATE INDEX calls_review_page ON calls (org_id, started_at, id) WHERE needs_review;
--> statement-breakpoint
CREATE INDEX calls_agent_page ON calls (org_id, agent_id, started_at, id);
