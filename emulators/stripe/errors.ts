import type { HttpReply } from "../http/router";

type ErrorType = "invalid_request_error" | "card_error" | "idempotency_error" | "api_error" | "rate_limit_error";

export interface ErrorDetail {
  code?: string | undefined;
  param?: string | undefined;
  decline_code?: string | undefined;
  type?: ErrorType;
  /** The intent or method a card error is about. */
  about?: Record<string, unknown>;
  charge?: string | undefined;
}

/** What Stripe refuses, in Stripe's shape. */
export class StripeError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly detail: ErrorDetail = {},
  ) {
    super(message);
  }
}

export const invalid = (message: string, param?: string, code?: string) =>
  new StripeError(400, message, { param, code });

export const missing = (kind: string, id: string, param = "id") =>
  new StripeError(404, `No such ${kind}: '${id}'`, { code: "resource_missing", param });

function errorBody(error: StripeError, requestId: string): object {
  const { code, param, decline_code, type = "invalid_request_error", about, charge } = error.detail;
  return {
    error: {
      ...(charge ? { charge } : {}),
      ...(code ? { code, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}` } : {}),
      ...(decline_code ? { decline_code } : {}),
      message: error.message,
      ...(param ? { param } : {}),
      ...about,
      request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
      type,
    },
  };
}

export const errorReply = (error: StripeError, requestId: string): HttpReply => ({
  status: error.status,
  body: errorBody(error, requestId),
});
