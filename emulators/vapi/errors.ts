import type { z } from "zod";
import type { HttpReply } from "../http/router";

/** An answer in the vendor's error shape: `{message, error, statusCode}`, message a list for a refused body. */
export class VapiError extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415,
    readonly detail: string | string[],
  ) {
    super(Array.isArray(detail) ? detail.join("; ") : detail);
  }
}

const titles = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  500: "Internal Server Error",
} as const;

export function errorReply(status: keyof typeof titles, message: string | string[]): HttpReply {
  return { status, body: { message, error: titles[status], statusCode: status } };
}

/** Names every fault of a body the way the vendor does: `path.to.field what is wrong`. */
export function issuesAsMessages(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const path = issue.path.map(String);
    const unknown = /^property (\S+) should not exist$/.exec(issue.message);
    if (unknown) return `${[...path, "property"].join(".")} ${unknown[1]} should not exist`;
    return path.length === 0 ? issue.message : `${path.join(".")} ${issue.message}`;
  });
}
