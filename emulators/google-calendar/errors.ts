import type { HttpReply } from "../http/router";

/** An answer in the vendor's error shape (https://developers.google.com/workspace/calendar/api/guides/errors). */
export class GoogleError extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 429,
    readonly reason: string,
    message: string,
    readonly where: { domain?: string; location?: string; locationType?: string } = {},
  ) {
    super(message);
  }
}

export function errorReply(error: GoogleError): HttpReply {
  const { status, reason, message, where } = error;
  const detail = { domain: where.domain ?? "global", reason, message };
  const { location, locationType } = where;
  const place = location === undefined ? {} : { locationType, location };
  return { status, body: { error: { errors: [{ ...detail, ...place }], code: status, message } } };
}

export const notFound = () => new GoogleError(404, "notFound", "Not Found");
export const invalid = (message: string) => new GoogleError(400, "invalid", message);
export const required = (field: string) => new GoogleError(400, "required", `Required: ${field}`);

export const unauthorized = (): HttpReply =>
  errorReply(
    new GoogleError(401, "authError", "Invalid Credentials", { location: "Authorization", locationType: "header" }),
  );

/** Quotas are told in two ways; a client must know both. */
export const rateLimited = (as: "429" | "403"): HttpReply =>
  errorReply(
    as === "429"
      ? new GoogleError(429, "rateLimitExceeded", "Rate Limit Exceeded", { domain: "usageLimits" })
      : new GoogleError(403, "userRateLimitExceeded", "User Rate Limit Exceeded", { domain: "usageLimits" }),
  );

export const fullSyncRequired = () =>
  new GoogleError(410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required.", {
    domain: "calendar",
    location: "syncToken",
    locationType: "parameter",
  });
