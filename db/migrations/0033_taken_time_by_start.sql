DROP INDEX "bookings_staff_blocks";--> statement-breakpoint
DROP INDEX "bookings_by_turn";--> statement-breakpoint
CREATE INDEX "bookings_blocks" ON "bookings" USING btree ("org_id","block_start_ms","block_end_ms","status","staff_id");--> statement-breakpoint
CREATE INDEX "bookings_tentative" ON "bookings" USING btree ("org_id","staff_id") WHERE tentative;--> statement-breakpoint
CREATE INDEX "bookings_by_turn" ON "bookings" USING btree ("org_id","service_id","starts_at","staff_id") WHERE assigned_by = 'round_robin' and status in ('confirmed', 'completed', 'no_show');