import { AppError, invalid } from "../errors";
import { parseJson } from "./json";

const DEFAULT_MAX_BYTES = 1_048_576;

/**
 * The body's bytes, exactly as sent: signatures are checked over these. Reading stops at `maxBytes` (payload_too_large), whatever
 * content-length promised; a body that breaks off is invalid_input.
 */
export async function readRawBody(request: Request, options: { maxBytes?: number } = {}): Promise<Buffer> {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const tooLarge = () => new AppError("payload_too_large", `The body is larger than ${maxBytes} bytes.`);
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > maxBytes) throw tooLarge();
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > maxBytes) throw tooLarge();
      chunks.push(value);
    }
  } catch (cause) {
    // Not awaited: of a copy (a request that was cloned) the end comes with the original's.
    reader.cancel().catch(() => {});
    if (cause instanceof AppError) throw cause;
    throw new AppError("invalid_input", "The body broke off before its end.", { cause });
  }
  return Buffer.concat(chunks);
}

export function requireContentType(request: Request, ...allowed: string[]): void {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!allowed.includes(type))
    throw new AppError(
      "unsupported_media_type",
      `Send ${allowed.join(" or ")}, not ${type || "a body without a type"}.`,
    );
}

/** A JSON body: type, size, encoding, syntax and nesting are checked, in this order. For input that carries no signature. */
export async function readJson(request: Request, options: { maxBytes?: number; maxDepth?: number } = {}) {
  requireContentType(request, "application/json");
  const bytes = await readRawBody(request, options);
  if (bytes.length === 0) throw invalid([{ path: "", message: "The body is empty." }]);
  return parseJson(bytes, options);
}
