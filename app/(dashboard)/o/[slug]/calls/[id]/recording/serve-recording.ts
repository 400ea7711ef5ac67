import { type BlobStore, RangeNotSatisfiable } from "@/lib/platform/blobs";
import { notFound } from "@/lib/platform/errors";
import { byteRange } from "./byte-range";

type Recording = { blobKey: string; fileName: string };

/**
 * A stored recording as a browser plays it: whole, or the range it asks for. The type is fixed, whatever the provider called the file,
 * and nothing of it stays in a cache. Throws `not_found` when the store has lost it. Next 16 takes `content-length` out of what a route answers
 * (FORBIDDEN_HEADERS of its send-response.js): players learn the size from `content-range`, a HEAD there tells none.
 */
export async function serveRecording(
  request: Request,
  blobs: Pick<BlobStore, "get" | "stat">,
  { blobKey, fileName }: Recording,
): Promise<Response> {
  const headers = new Headers({
    "content-type": "audio/wav",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
    "content-security-policy": "default-src 'none'; sandbox",
    "accept-ranges": "bytes",
    "content-disposition": `${new URL(request.url).searchParams.has("download") ? "attachment" : "inline"}; filename="${fileName}"`,
  });
  if (request.method === "HEAD") {
    const info = await blobs.stat(blobKey);
    if (!info) throw notFound("This recording");
    headers.set("content-length", String(info.size));
    return new Response(null, { headers });
  }
  // We send no validator, so a condition on one cannot hold and the whole is sent (RFC 9110 §13.1.5).
  const range = request.headers.has("if-range") ? undefined : byteRange(request.headers.get("range"));
  try {
    const blob = await blobs.get(blobKey, { range });
    if (!blob) throw notFound("This recording");
    const { start, end } = blob.range ?? { start: 0, end: blob.size - 1 };
    headers.set("content-length", String(end - start + 1));
    if (blob.range) headers.set("content-range", `bytes ${start}-${end}/${blob.size}`);
    return new Response(blob.stream, { status: blob.range ? 206 : 200, headers });
  } catch (error) {
    if (!(error instanceof RangeNotSatisfiable)) throw error;
    headers.set("content-range", `bytes */${error.size}`);
    headers.delete("content-disposition");
    return new Response(null, { status: 416, headers });
  }
}
