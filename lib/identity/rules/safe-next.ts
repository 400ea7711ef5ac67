const FALLBACK = "/o";

/**
 * Where to go after sign-in: a path of our own, else `/o`. Anything a browser could read as another site's address is refused:
 * "//host", "/\host", control characters that it drops while reading.
 */
export function safeNext(text: string | string[] | null | undefined): string {
  const path = Array.isArray(text) ? text[0] : text;
  if (!path || path.length > 500 || !path.startsWith("/") || /[\\\p{Cc}]/u.test(path)) return FALLBACK;
  const origin = "http://ours.invalid";
  if (!URL.canParse(path, origin)) return FALLBACK;
  const url = new URL(path, origin);
  if (url.origin !== origin || url.pathname.startsWith("//")) return FALLBACK;
  const isLoop = /^\/(sign-in|sign-out|api)(\/|$)/.test(url.pathname);
  return isLoop ? FALLBACK : url.pathname + url.search + url.hash;
}
