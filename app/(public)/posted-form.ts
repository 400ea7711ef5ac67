import { AppError } from "@/lib/platform/errors";
import { readRawBody, requireContentType } from "@/lib/platform/http";
import { requireSameOrigin } from "@/lib/wiring/same-origin";

const MAX_BYTES = 16_384;

/** The fields of a plain form of ours; what another site or a machine sends is answered as a problem. */
export async function postedForm(request: Request): Promise<URLSearchParams> {
  requireSameOrigin(request);
  requireContentType(request, "application/x-www-form-urlencoded");
  return new URLSearchParams((await readRawBody(request, { maxBytes: MAX_BYTES })).toString("utf8"));
}

/** Leads from a form to a page that says what came of it. */
export const seeOther = (location: string) =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });

/** For a person the limit is a sentence on a page as well. */
export function tooMany(error: unknown): "too_many" {
  if (error instanceof AppError && error.code === "rate_limited") return "too_many";
  throw error;
}
