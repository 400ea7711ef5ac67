import { type GuardedRequest, guardedFetch } from "../ssrf";
import { parseJson } from "./json";

export type JsonReply = { status: number; headers: Headers; body: unknown };

/**
 * One request to a vendor whose answers are JSON, or empty. `failed` = there was no answer, or one that is not JSON: a word for a log,
 * without anything of what was sent.
 */
export async function exchangeJson(url: string, request: GuardedRequest): Promise<JsonReply | { failed: string }> {
  try {
    const response = await guardedFetch(url, request);
    const bytes = new Uint8Array(await response.arrayBuffer());
    // What stands before a vendor's own servers answers 5xx in whatever form it likes.
    const body = bytes.length === 0 || response.status >= 500 ? undefined : parseJson(bytes);
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    return { failed: nameOf(error) };
  }
}

function nameOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  if (typeof cause?.code === "string") return cause.code;
  return error instanceof Error ? error.name : "unknown";
}
