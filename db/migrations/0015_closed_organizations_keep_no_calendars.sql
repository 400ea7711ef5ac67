-- Organisations that are closed from now on let their calendars go by themselves.
DELETE FROM calendar_accounts a USING organizations o WHERE o.id = a.org_id AND o.deleted_at IS NOT NULL;--> statement-breakpoint
DELETE FROM calendar_feeds f USING organizations o WHERE o.id = f.org_id AND o.deleted_at IS NOT NULL;
