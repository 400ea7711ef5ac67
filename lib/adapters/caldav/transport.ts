import type { CalendarRefusal } from "@/lib/calendars/ports";
import { retryAfterSeconds } from "@/lib/platform/http/retry-after";
import { refuse } from "@/lib/platform/result";
import { BlockedAddress, BodyTooLarge, guardedFetch } from "@/lib/platform/ssrf";

const TIMEOUT_MS = 20_000;
/** A full read of a busy person's two years is about 5 MB. */
const MAX_BYTES = 16 * 1_048_576;
const MAX_REDIRECTS = 4;

export type Credentials = { url: string; username: string; password: string };

/** What tsdav sends through, and what went wrong last: tsdav itself throws sentences. */
export type Transport = { fetch: typeof globalThis.fetch; refusal(): CalendarRefusal | undefined };

/**
 * Every request of a CalDAV account: to public addresses only, each redirect checked like the first address, the password to the server's
 * own site alone and never from https to http.
 */
export function transport(account: Credentials, allowOrigins: readonly string[]): Transport {
  const home = new URL(account.url);
  const authorization = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString("base64")}`;
  let last: CalendarRefusal | undefined;

  const send = async (address: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    last = undefined;
    let url = new URL(address instanceof Request ? address.url : String(address));
    const { authorization: _, ...headers } = Object.fromEntries(new Headers(init.headers));
    for (let redirects = 0; ; redirects++) {
      const response = await guardedFetch(url, {
        method: init.method ?? "GET",
        headers,
        ...(isOwn(home, url) ? { secretHeaders: { authorization } } : {}),
        ...(typeof init.body === "string" ? { body: init.body } : {}),
        maxBytes: MAX_BYTES,
        timeoutMs: TIMEOUT_MS,
        allowOrigins,
      });
      const location = response.headers.get("location");
      const target = [301, 302, 303, 307, 308].includes(response.status) && location ? URL.parse(location, url) : null;
      if (!target || init.redirect === "manual" || redirects >= MAX_REDIRECTS) {
        last = refusalOf(response);
        return response;
      }
      await response.body?.cancel();
      url = target;
    }
  };
  return {
    fetch: (address, init) =>
      send(address as string, init).catch((error: unknown) => {
        last = noAnswer(error);
        throw error;
      }),
    refusal: () => last,
  };
}

/** The server itself, or another host of its site, as iCloud has them: caldav.icloud.com sends everybody to p12-caldav.icloud.com. */
export function isOwn(home: URL, url: URL): boolean {
  if (home.protocol === "https:" && url.protocol !== "https:") return false;
  if (url.hostname === home.hostname) return url.port === home.port || url.protocol === "https:";
  const site = home.hostname.split(".").slice(1).join(".");
  return /[a-z]/i.test(site) && site.includes(".") && url.hostname.endsWith(`.${site}`);
}

export function refusalOf({ status, headers }: Pick<Response, "status" | "headers">): CalendarRefusal | undefined {
  if (status < 400) return undefined;
  if (status === 401) return refuse("revoked");
  if (status === 404 || status === 410) return refuse("gone");
  if (status === 409 || status === 412) return refuse("conflict");
  if (status === 429) return refuse("rate_limited", { retryAfterSeconds: retryAfterSeconds(headers) });
  if (status >= 500 && status !== 501 && status !== 507) {
    // A server that names a time is busy, not broken.
    const seconds = retryAfterSeconds(headers);
    return seconds === undefined
      ? refuse("unavailable", { what: `The server answered ${status}.` })
      : refuse("rate_limited", { retryAfterSeconds: seconds });
  }
  return refuse("rejected", { what: `The server answered ${status}.` });
}

export function noAnswer(error: unknown): CalendarRefusal {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    if (e instanceof BlockedAddress) return refuse("rejected", { what: "This is not a public web address." });
    if (e instanceof BodyTooLarge) return refuse("unavailable", { what: "The answer is larger than 16 MB." });
  }
  return refuse("unavailable", { what: "The server did not answer." });
}
