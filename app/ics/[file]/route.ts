import { routes } from "@/lib/platform/http";
import { app } from "@/lib/wiring/app";
import { serveCalendarFile } from "@/lib/wiring/calendar-file";

export const dynamic = "force-dynamic";

/** `/ics/<token>.ics`: whoever has the address may subscribe. */
export const { GET, POST, PUT, PATCH, DELETE } = routes<{ file: string }>(
  { GET: async (request, { params }) => serveCalendarFile(await app(), params.file, request) },
  { name: "calendars.file", quiet: true },
);
