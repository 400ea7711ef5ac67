import { notFound } from "@/lib/platform/errors";
import { routes } from "@/lib/platform/http";
import { calendarFile } from "../calendar-entry";
import { managed } from "../managed";

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ token: string }>(
  {
    async GET(_request, { params }) {
      const found = await managed(params.token);
      if (!found?.isOpen) throw notFound("This appointment");
      return new Response(calendarFile(found.booking, found.business.name, found.where), {
        headers: {
          "content-type": "text/calendar; charset=utf-8",
          "content-disposition": 'attachment; filename="appointment.ics"',
          "cache-control": "private, no-store",
        },
      });
    },
  },
  { name: "manage calendar file" },
);
