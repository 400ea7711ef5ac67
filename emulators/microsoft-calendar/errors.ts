import { randomUUID } from "node:crypto";
import type { HttpReply } from "../http/router";

/** An answer in the shape of Graph's errors (https://learn.microsoft.com/graph/errors). */
export class GraphError extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 429,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export function errorReply({ status, code, message }: GraphError): HttpReply {
  const id = randomUUID();
  const innerError = { date: new Date().toISOString().slice(0, 19), "request-id": id, "client-request-id": id };
  return { status, headers: { "request-id": id }, body: { error: { code, message, innerError } } };
}

export const itemNotFound = () =>
  new GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.");
export const invalid = (message: string) => new GraphError(400, "ErrorInvalidRequest", message);
export const resyncRequired = () =>
  new GraphError(
    410,
    "SyncStateNotFound",
    "The sync state generation is not found; a full synchronization is required.",
  );

export const unauthorized = (): HttpReply =>
  errorReply(new GraphError(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."));

/** Outlook's limits are told as 429 alone (https://learn.microsoft.com/graph/throttling). */
export const rateLimited = (): HttpReply =>
  errorReply(new GraphError(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit."));
