import type { RateLimitState } from "./rate-limit/types";

const brand = Symbol.for("caly.AppError");

/**
 * For `instanceof`: Next loads a module several times (start, pages, routes), and what the process has once (mailer, stores) throws the
 * class of whoever made it. The mark is the same in all of them.
 */
export const isMarked = (value: unknown, mark: symbol): boolean =>
  typeof value === "object" && value !== null && mark in value;

/** What a verb throws when it cannot go on; translated once per transport (HTTP problem, action state, tool answer, job retry). */
export class AppError extends Error {
  readonly [brand] = true;

  constructor(
    readonly code:
      | "not_found"
      | "forbidden"
      | "unauthenticated"
      | "invalid_input"
      | "conflict"
      | "rate_limited"
      | "unavailable"
      | "payload_too_large"
      | "unsupported_media_type",
    message: string,
    readonly options: {
      cause?: unknown;
      fields?: FieldError[];
      retryAfterSeconds?: number;
      rateLimit?: RateLimitState;
      beyondPlan?: BeyondPlan;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isMarked(value, brand);
  }
}

/** `path` is the input's field, dotted; `message` a sentence for a person. */
export type FieldError = { path: string; message: string };

/** What the organisation's plan does not allow: of `what` it has at most `allows`. `changeAt` is the page where another plan is chosen. */
export type BeyondPlan = { plan: string; what: string; allows: number; changeAt?: string | undefined };

export const notFound = (what = "This") => new AppError("not_found", `${what} does not exist, or you may not see it.`);
export const forbidden = (message = "Your role does not allow this.") => new AppError("forbidden", message);
export const invalid = (fields: FieldError[]) =>
  new AppError("invalid_input", fields[0] ? fields[0].message : "The input is not valid.", { fields });
