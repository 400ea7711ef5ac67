/**
 * Whole seconds that a `Retry-After` header asks for, as seconds or as a date (RFC 9110 §10.2.3); undefined where it says nothing. A date is
 * read against the answer's own Date header: the two come from one clock, whatever ours says.
 */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const until = / GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(until) ? undefined : Math.max(0, Math.ceil((until - answeredAtMs(headers)) / 1000));
}

/** When an answer was given, by the clock of who gave it; by ours where it does not say. */
export function answeredAtMs(headers: Headers): number {
  const at = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(at) ? Date.now() : at;
}
