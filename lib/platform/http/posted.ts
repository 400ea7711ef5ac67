import { AppError } from "../errors";
import { readRawBody } from "./body";
import { decodeUtf8, parseJson } from "./json";

/** As much as a page's form may be (`serverActions.bodySizeLimit` says the same). */
const MAX_BYTES = 1_048_576;
const MAX_DEPTH = 64;
const MAX_ARGUMENTS = 50;
/** What React writes where plain JSON ends: the form itself, undefined, dates, numbers that JSON has none of, a value told before. */
const REFERENCE =
  /^\$(\$|K[0-9a-f]{1,4}$|undefined$|NaN$|-?Infinity$|-0$|D\d{4}-\d\d-\d\dT[\d:.]+Z$|0(:(?!__proto__|constructor|prototype)\w+)*$)/;

/**
 * Refuses (invalid_input, payload_too_large) what is posted to a page and cannot be read: Next's decoder answers 500 to it. Only the
 * shape is looked at; what the fields mean is the action's business.
 */
export async function checkPosted(request: Request): Promise<void> {
  const type = request.headers.get("content-type") ?? "";
  const isForm = /^multipart\/form-data/i.test(type);
  const isAction = request.headers.has("next-action");
  if (request.method !== "POST" || !(isForm || isAction)) return;
  if (request.headers.has("content-encoding")) throw unreadable();
  const bytes = await readRawBody(request, { maxBytes: MAX_BYTES });
  const form = isForm ? await formOf(bytes, type) : undefined;
  if (isAction) checkArguments(form ? form.get("0") : decodeUtf8(bytes));
}

const unreadable = (cause?: unknown) => new AppError("invalid_input", "The form could not be read.", { cause });

async function formOf(bytes: Uint8Array, type: string): Promise<FormData> {
  // One spelling and no further parameters: Next knows no other.
  if (!/^multipart\/form-data; ?boundary=[^;]+$/.test(type)) throw unreadable();
  try {
    return await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  } catch (cause) {
    throw unreadable(cause);
  }
}

/** The arguments of a server action as React sends them: a list whose references lead somewhere. */
function checkArguments(sent: unknown): void {
  if (typeof sent !== "string") throw unreadable();
  const list = parseJson(sent, { maxDepth: MAX_DEPTH });
  if (!Array.isArray(list) || list.length > MAX_ARGUMENTS || !everyText(list, isPlain)) throw unreadable();
}

const isPlain = (text: string): boolean => !text.startsWith("$") || REFERENCE.test(text);

function everyText(value: unknown, holds: (text: string) => boolean): boolean {
  if (typeof value === "string") return holds(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every((inner) => everyText(inner, holds));
}
