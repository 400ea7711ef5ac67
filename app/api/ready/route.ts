import { routes } from "@/lib/platform/http";
import { checkReadiness } from "@/lib/wiring/readiness";

export const dynamic = "force-dynamic";

/**
 * 200 when everything a request needs is there (`degraded` where the shared cache is away, which it can do without), else 503; in both cases each
 * part with `ok` and its time in milliseconds.
 */
export const { GET, POST, PUT, PATCH, DELETE } = routes(
  {
    GET: async (_request, { log }) => {
      const readiness = await checkReadiness(log);
      return Response.json(readiness, {
        status: readiness.ok ? 200 : 503,
        headers: { "cache-control": "no-store", ...(readiness.ok ? {} : { "retry-after": "1" }) },
      });
    },
  },
  { name: "ready", quiet: true },
);
