-- What an event gives the queues to do is told with it: a booking without a calendar or an address to write to costs no job.
DROP FUNCTION system_unrelayed_events(int);
--> statement-breakpoint
CREATE FUNCTION system_unrelayed_events(n int)
  RETURNS TABLE (id text, org_id text, kind text, subject_id text, has_calendars boolean, has_address boolean)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT e.id, e.org_id, e.kind, e.subject_id,
    e.kind LIKE 'booking.%' AND EXISTS (SELECT FROM public.calendars c WHERE c.org_id = e.org_id),
    e.kind LIKE 'booking.%' AND EXISTS (SELECT FROM public.bookings b
      WHERE b.org_id = e.org_id AND b.id = e.subject_id AND b.attendee_email IS NOT NULL)
  FROM public.events e WHERE e.relayed_at IS NULL
  ORDER BY e.tx, e.seq LIMIT n FOR UPDATE OF e SKIP LOCKED $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION system_unrelayed_events(int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION system_unrelayed_events(int) TO app_system;
