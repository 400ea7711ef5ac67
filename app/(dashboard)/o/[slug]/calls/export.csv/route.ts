import { businessDay, exportCalls } from "@/lib/calls";
import { routes } from "@/lib/platform/http";
import { textStream } from "@/lib/platform/http/text-stream";
import { memberRoute } from "@/lib/wiring/member-context";
import { filterOf, readCallsAddress } from "../calls-query";

/** The calls of the list's filters as a file, sent while it is read. */
const csv = memberRoute<{ slug: string }>(async (request, { ctx, org }) => {
  const address = readCallsAddress(Object.fromEntries(new URL(request.url).searchParams));
  const today = businessDay(ctx.clock.now(), org.timeZone);
  const pages = exportCalls(ctx, { filter: filterOf(address, today, org.timeZone), timeZone: org.timeZone });
  return new Response(textStream(pages), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${org.slug}-calls-${today.date}.csv"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
});

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ slug: string }>({ GET: csv }, { name: "calls export" });
