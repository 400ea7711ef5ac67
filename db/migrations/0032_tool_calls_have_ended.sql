-- A tool call is kept once, with its answer. What was claimed before that and never answered is nothing that anybody has heard.
DELETE FROM tool_calls WHERE status = 'running';
--> statement-breakpoint
ALTER TABLE tool_calls ADD CONSTRAINT tool_calls_status CHECK (status IN ('ok', 'refused', 'failed'));
