ALTER TABLE "calendars" ADD COLUMN "unread" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE calendars ADD CONSTRAINT calendars_unread CHECK (jsonb_typeof(unread) = 'object');
