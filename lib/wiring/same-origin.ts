import { AppError } from "@/lib/platform/errors";
import { processEnv } from "@/lib/platform/runtime";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses a change that another site's page asked for. Browsers send Origin (or at least Sec-Fetch-Site) with every such request;
 * cookies are SameSite=Lax besides. A page with the policy `no-referrer` sends Origin "null" with its own forms: there Sec-Fetch-Site,
 * which no page can set, has to say that it is ours.
 */
export function requireSameOrigin(request: Request): void {
  if (READS.has(request.method)) return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const ours = [request.headers.get("host"), new URL(processEnv().appUrl).host];
  if (origin === "null" && site === "same-origin") return;
  const same = origin
    ? ours.includes(originHost(origin) ?? null)
    : site === null || site === "same-origin" || site === "none";
  if (!same) throw new AppError("forbidden", "This request did not come from one of our pages.");
}

function originHost(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
