import { businessDay, exportCalls } from "@/lib/calls";
import { routes } from "@/lib/platform/http";
import { memberRoute } from "@/lib/wiring/member-context";
import { filterOf, readCallsAddress } from "../calls-query";

/** The calls of the list's filters as a file, sent while it is read. */
const csv = memberRoute<{ slug: string }>(async (request, { ctx, org }) => {
  const address = readCallsAddress(Object.fromEntries(new URL(request.url).searchParams));
  const today = businessDay(ctx.clock.now(), org.timeZone);
  const pages = exportCalls(ctx, { filter: filterOf(address, today, org.timeZone), timeZone: org.timeZone });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pages.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await pages.return();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${org.slug}-calls-${today.date}.csv"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
});

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ slug: string }>({ GET: csv }, { name: "calls export" });
