import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { byteRangeReply } from "../../http/byte-range";
import type { HttpReply, Route } from "../../http/router";
import type { CallRecord } from "../calls/call-record";
import type { Emulator } from "../emulator";
import { type ArtifactKind, parseObjectKey } from "./storage";
import { renderRecording } from "./wav";

const keptRecordings = 8;

/** The object store behind the vendor's redirects: a signed link opens it, an Authorization header beside it spoils it. */
export function storageRoutes(emulator: Emulator): Route[] {
  const rendered = new Map<string, Promise<Buffer>>();

  function render(record: CallRecord, kind: ArtifactKind, key: string): Promise<Buffer> {
    const cached = rendered.get(key);
    if (cached) return cached;
    const bytes = kind === "call-logs" ? logFile(record) : renderRecording(record, kind, emulator.speech);
    rendered.set(key, bytes);
    bytes.catch(() => rendered.delete(key));
    const oldest = rendered.size > keptRecordings ? rendered.keys().next().value : undefined;
    if (oldest !== undefined) rendered.delete(oldest);
    return bytes;
  }

  return [
    {
      method: "GET",
      pattern: "/_storage/:key",
      async handle(request): Promise<HttpReply> {
        const key = request.params.key ?? "";
        if (request.headers.authorization !== undefined) {
          return refusal(400, "InvalidArgument", "Only one way of authentication is allowed");
        }
        const reason = emulator.storage.refusal(key, request.query);
        if (reason) return refusal(403, "AccessDenied", reason);
        const object = parseObjectKey(key);
        const record = object && emulator.calls.get(object.callId);
        if (!object || !record) return refusal(404, "NoSuchKey", "The object does not exist");
        const type = object.kind === "call-logs" ? "application/gzip" : "audio/wav";
        return byteRangeReply(await render(record, object.kind, key), request.headers.range, type);
      },
    },
  ];
}

function refusal(status: number, code: string, message: string): HttpReply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { "content-type": "application/xml" }, body };
}

function logFile(record: CallRecord): Promise<Buffer> {
  return promisify(gzip)(record.log.map((line) => `${JSON.stringify(line)}\n`).join(""));
}
