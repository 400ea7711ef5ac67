import { problem } from "./problem";

/** Percent signs followed by two hexadecimal digits each, that together are UTF-8: anything else no route can read. */
export function isWellEncoded(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/** The answer to an address that cannot be read: a problem for machines, a sentence for people. */
export function unreadableAddress(pathname: string): Response {
  const detail = "The address cannot be read: it is no path, or a percent sign in it stands for no character.";
  if (pathname.startsWith("/api/")) return problem({ code: "invalid_input", detail });
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
  return new Response(`${detail}\n`, { status: 400, headers });
}
