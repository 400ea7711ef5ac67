import { S3mini } from "s3mini";
import { assertKey, type Blob, type BlobStore, type ByteRange, RangeNotSatisfiable } from "@/lib/platform/blobs";

export type S3Config = {
  /** Origin of the service, without the bucket: path-style addresses work with AWS, R2, MinIO and Tigris alike. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
};

const TIMEOUT_MS = 30_000;
/** Only this process uses the signed address, at once. */
const SIGNATURE_SECONDS = 60;

export function s3BlobStore({ endpoint, bucket, ...credentials }: S3Config): BlobStore {
  const s3 = new S3mini({
    ...credentials,
    endpoint: `${endpoint.replace(/\/+$/, "")}/${bucket}`,
    requestAbortTimeout: TIMEOUT_MS,
  });

  const read = async (key: string, range?: string): Promise<Response> =>
    fetch(await s3.getPresignedUrl("GET", assertKey(key), SIGNATURE_SECONDS), {
      headers: range ? { range } : {},
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });

  return {
    async put(key, data, { contentType }) {
      await s3.putAnyObject(assertKey(key), data, contentType);
    },
    async get(key, options = {}) {
      const answer = await read(key, options.range && rangeHeader(options.range));
      if (answer.status === 404) return discard(answer);
      if (answer.status === 416) throw new RangeNotSatisfiable(totalOf(answer) ?? 0);
      if (!answer.ok || !answer.body) throw await failure(answer);
      return blobFrom(answer, answer.body);
    },
    async stat(key) {
      const answer = await read(key, "bytes=0-0");
      await answer.body?.cancel();
      if (answer.status === 404) return undefined;
      if (!answer.ok && answer.status !== 416) throw await failure(answer);
      return { size: totalOf(answer) ?? lengthOf(answer), contentType: typeOf(answer) };
    },
    async delete(key) {
      await s3.deleteObject(assertKey(key));
    },
    async deletePrefix(prefix) {
      const found = (await s3.listObjects("/", `${assertKey(prefix.replace(/\/$/, ""))}/`)) ?? [];
      if (found.length > 0) await s3.deleteObjects(found.map((object) => object.Key));
    },
    async check() {
      if (!(await s3.bucketExists())) throw new Error("The bucket cannot be reached");
    },
  };
}

const rangeHeader = (range: ByteRange): string =>
  "suffix" in range ? `bytes=-${range.suffix}` : `bytes=${range.start}-${range.end ?? ""}`;

const typeOf = (answer: Response): string => answer.headers.get("content-type") ?? "application/octet-stream";
const lengthOf = (answer: Response): number => Number(answer.headers.get("content-length") ?? 0);
const totalOf = (answer: Response): number | undefined => {
  const total = /\/(\d+)$/.exec(answer.headers.get("content-range") ?? "")?.[1];
  return total === undefined ? undefined : Number(total);
};

function blobFrom(answer: Response, stream: ReadableStream<Uint8Array>): Blob {
  const contentType = typeOf(answer);
  const part = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(answer.headers.get("content-range") ?? "");
  if (!part) return { size: lengthOf(answer), contentType, stream };
  return { size: Number(part[3]), contentType, stream, range: { start: Number(part[1]), end: Number(part[2]) } };
}

async function discard(answer: Response): Promise<undefined> {
  await answer.body?.cancel();
  return undefined;
}

async function failure(answer: Response): Promise<Error> {
  const code = /<Code>([^<]{1,64})<\/Code>/.exec(await answer.text().catch(() => ""))?.[1];
  return new Error(`The blob store answered ${answer.status}${code ? ` (${code})` : ""}`);
}
