import type { RateLimitState } from "./types";

/** What there is and what is left of it, as the IETF's draft of RateLimit headers has it (structured fields). */
export const rateLimitHeaders = ({ policy, limit, windowSeconds, remaining, resetSeconds }: RateLimitState) => ({
  "ratelimit-policy": `"${policy}";q=${limit};w=${windowSeconds}`,
  ratelimit: `"${policy}";r=${remaining};t=${resetSeconds}`,
});
