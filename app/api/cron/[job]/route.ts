import { AppError, notFound } from "@/lib/platform/errors";
import { routes } from "@/lib/platform/http";
import { app } from "@/lib/wiring/app";
import { isCronCaller, runCronJob } from "@/lib/wiring/cron";

export const dynamic = "force-dynamic";
export const maxDuration = 60;

/** Called by a scheduler with `Authorization: Bearer <CRON_SECRET>`, by GET as Vercel's cron does. */
export const { GET, POST, PUT, PATCH, DELETE } = routes<{ job: string }>(
  {
    GET: async (request, { params }) => {
      const built = await app();
      if (!isCronCaller(built.env, request.headers.get("authorization")))
        throw new AppError("unauthenticated", "The cron secret is missing or wrong.");
      const result = await runCronJob(built, params.job);
      if (!result) throw notFound("This job");
      return Response.json(result, { headers: { "cache-control": "no-store" } });
    },
  },
  { name: "cron" },
);
