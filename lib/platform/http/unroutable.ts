import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** No route has such an address, and the middleware refuses it as the caller's mistake. */
const UNREADABLE = "/%";

/**
 * Next's router answers 500 to a target that is no path (`OPTIONS *`) and to TRACE, before any of our code is asked. Node announces
 * each request ahead of its listeners: what cannot be routed is given an address that is refused in order.
 */
export function refuseUnroutable(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    if (request.method !== "TRACE" && /^(\/|https?:\/\/)/i.test(request.url ?? "")) return;
    request.url = UNREADABLE;
    request.method = "GET";
  });
}
