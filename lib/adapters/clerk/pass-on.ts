/**
 * The SDK passes a request on as a rewrite to the request's own address, in which Next writes localhost for 127.0.0.1. Bound to
 * 127.0.0.1, Next takes that for another server and calls itself until it gives up. Going on is what is meant.
 */
export function passOn(requestUrl: string, headers: Headers): void {
  const rewrite = headers.get("x-middleware-rewrite");
  if (!rewrite || !URL.canParse(rewrite)) return;
  const [to, from] = [new URL(rewrite), new URL(requestUrl)];
  if (to.pathname !== from.pathname || to.search !== from.search) return;
  headers.delete("x-middleware-rewrite");
  headers.set("x-middleware-next", "1");
}
