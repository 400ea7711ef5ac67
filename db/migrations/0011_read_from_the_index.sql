DROP INDEX "bookings_staff_blocks";--> statement-breakpoint
DROP INDEX "bookings_by_turn";--> statement-breakpoint
CREATE INDEX "bookings_staff_blocks" ON "bookings" USING btree ("org_id","staff_id","block_start_ms","block_end_ms","status");--> statement-breakpoint
CREATE INDEX "bookings_by_turn" ON "bookings" USING btree ("org_id","service_id","staff_id","starts_at","status") WHERE assigned_by = 'round_robin';