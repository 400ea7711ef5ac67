import { routes } from "@/lib/platform/http";

export const dynamic = "force-dynamic";

/** The process answers; says nothing about what it stands on. */
export const { GET, POST, PUT, PATCH, DELETE } = routes(
  { GET: () => Response.json({ ok: true }, { headers: { "cache-control": "no-store" } }) },
  { name: "health", quiet: true },
);
