import { cookies } from "next/headers";
import { routes } from "@/lib/platform/http";
import { app } from "@/lib/wiring/app";
import { CONNECT_COOKIE, finishConnect, pendingConnect } from "@/lib/wiring/calendar-connect";
import { memberContext } from "@/lib/wiring/member-context";

export const dynamic = "force-dynamic";

/** Where a vendor sends the browser after consent. What happens is decided by the cookie of whoever began, not by the address. */
export const { GET, POST, PUT, PATCH, DELETE } = routes<{ vendor: string }>(
  {
    GET: async (request, { params }) => {
      const theApp = await app();
      const query = new URL(request.url).searchParams;
      const jar = await cookies();
      const pending = pendingConnect(theApp, params.vendor, jar.get(CONNECT_COOKIE)?.value, query.get("state"));
      if (!pending) return to(theApp.env.appUrl, "/o?calendar=unknown");
      const back = `/o/${pending.slug}/settings/calendars`;
      const { ctx } = await memberContext(pending.slug, { next: back, permission: "connections.manage" });
      const code = query.get("code");
      const answer = code
        ? await finishConnect(theApp, ctx, pending, code)
        : ({ ok: false, reason: "not_given" } as const);
      theApp.jobs.poke();
      return answer.ok
        ? to(theApp.env.appUrl, `${back}?connected=${answer.value}`)
        : to(theApp.env.appUrl, `${back}/new?staff=${pending.staffId}&refused=${answer.reason}`);
    },
  },
  { name: "calendars.callback" },
);

/** The cookie has served, whatever came of it. */
function to(appUrl: string, path: string): Response {
  const cookie = `${CONNECT_COOKIE}=; Path=/api/calendars; Max-Age=0; HttpOnly; SameSite=Lax`;
  return new Response(null, {
    status: 303,
    headers: { location: `${appUrl}${path}`, "set-cookie": cookie, "referrer-policy": "no-referrer" },
  });
}
