/** What a verb throws when it cannot go on; translated once per transport (HTTP problem, action state, tool answer, job retry). */
export class AppError extends Error {
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
    readonly options: { cause?: unknown; fields?: FieldError[]; retryAfterSeconds?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
  }
}

/** `path` is the input's field, dotted; `message` a sentence for a person. */
export type FieldError = { path: string; message: string };

export const notFound = (what = "This") => new AppError("not_found", `${what} does not exist, or you may not see it.`);
export const forbidden = (message = "Your role does not allow this.") => new AppError("forbidden", message);
export const invalid = (fields: FieldError[]) =>
  new AppError("invalid_input", fields[0] ? fields[0].message : "The input is not valid.", { fields });
