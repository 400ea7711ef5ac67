/** Bytes asked for: from `start` (to `end`, inclusive), or the last `suffix` of them. */
export type ByteRange = { start: number; end?: number | undefined } | { suffix: number };

export type BlobInfo = { size: number; contentType: string };

export type Blob = BlobInfo & {
  stream: ReadableStream<Uint8Array>;
  /** Set when a range was asked for: inclusive positions of what `stream` carries; `size` stays the whole. */
  range?: { start: number; end: number } | undefined;
};

/** A range that has no byte of the blob in it (HTTP 416). */
export class RangeNotSatisfiable extends Error {
  override readonly name = "RangeNotSatisfiable";

  /** The store is made once per process, by whichever of Next's module instances comes first: an error of another's class is the same. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === "RangeNotSatisfiable";
  }

  constructor(readonly size: number) {
    super(`The range lies outside the ${size} bytes there are`);
  }
}

/** Keys are slash-separated, of letters, digits and `._-`: "org_…/2026/11/call_….wav". The database row that names a key owns its life. */
export interface BlobStore {
  /** Whole or not at all; replaces what was there. */
  put(key: string, data: Uint8Array | ReadableStream<Uint8Array>, options: { contentType: string }): Promise<void>;
  get(key: string, options?: { range?: ByteRange | undefined }): Promise<Blob | undefined>;
  stat(key: string): Promise<BlobInfo | undefined>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  deletePrefix(prefix: string): Promise<void>;
  /** Throws when the store cannot be reached or written to. */
  check(): Promise<void>;
}

const SEGMENT = /^[\w-][\w.-]*$/;

/** Throws on keys that could leave the store or name something hidden in it. */
export function assertKey(key: string): string {
  if (key.length === 0 || key.length > 512 || !key.split("/").every((segment) => SEGMENT.test(segment)))
    throw new Error("Not a blob key");
  return key;
}
