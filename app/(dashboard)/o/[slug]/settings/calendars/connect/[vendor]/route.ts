import { notFound } from "@/lib/platform/errors";
import { routes } from "@/lib/platform/http";
import { app } from "@/lib/wiring/app";
import { beginConnect, CONNECT_COOKIE, oauthVendors } from "@/lib/wiring/calendar-connect";
import { memberRoute } from "@/lib/wiring/member-context";

export const dynamic = "force-dynamic";

/** Sends the browser to the vendor's page of consent. Nothing is changed before it comes back. */
export const { GET, POST, PUT, PATCH, DELETE } = routes<{ slug: string; vendor: string }>(
  {
    GET: memberRoute(
      async (request, { ctx, org }, { params }) => {
        const vendor = oauthVendors.find((each) => each === params.vendor);
        if (!vendor) throw notFound("This vendor");
        const theApp = await app();
        const staffId = new URL(request.url).searchParams.get("staff") ?? "";
        const begun = await beginConnect(theApp, ctx, { vendor, slug: org.slug, staffId });
        if (!begun.ok) throw notFound("This vendor");
        const { url, cookie, maxAgeSeconds } = begun.value;
        const secure = theApp.env.appUrl.startsWith("https:") ? "; Secure" : "";
        return new Response(null, {
          status: 303,
          headers: {
            location: url,
            "set-cookie": `${CONNECT_COOKIE}=${cookie}; Path=/api/calendars; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`,
            "cache-control": "no-store",
            "referrer-policy": "no-referrer",
          },
        });
      },
      { permission: "connections.manage", partOfPage: true },
    ),
  },
  { name: "calendars.connect" },
);
