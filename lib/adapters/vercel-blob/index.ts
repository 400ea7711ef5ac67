import { BlobNotFoundError, del, get, head, list, put } from "@vercel/blob";
import { assertKey, type BlobStore, resolveRange } from "@/lib/platform/blobs";

const TIMEOUT_MS = 30_000;

/** A private store of Vercel Blob: nothing in it can be read without the token (https://vercel.com/docs/vercel-blob/private-storage). */
export function vercelBlobStore({ token }: { token: string }): BlobStore {
  const options = () => ({ token, abortSignal: AbortSignal.timeout(TIMEOUT_MS) });
  const stat: BlobStore["stat"] = async (key) => {
    try {
      const { size, contentType } = await head(assertKey(key), options());
      return { size, contentType };
    } catch (error) {
      if (error instanceof BlobNotFoundError) return undefined;
      throw error;
    }
  };
  return {
    async put(key, data, { contentType }) {
      const body = data instanceof Uint8Array ? Buffer.from(data) : data;
      await put(assertKey(key), body, {
        ...options(),
        access: "private",
        contentType,
        allowOverwrite: true,
        addRandomSuffix: false,
      });
    },
    async get(key, { range: asked } = {}) {
      const info = await stat(key);
      if (!info) return undefined;
      const range = asked && resolveRange(asked, info.size);
      // A plain object: the client spreads it, which would leave nothing of a Headers.
      const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end}` } : {};
      const found = await get(key, { ...options(), access: "private", headers });
      if (!found?.stream) return undefined;
      const partial = found.headers.get("content-range") !== null;
      return { ...info, stream: found.stream, range: partial ? range : undefined };
    },
    stat,
    async delete(key) {
      await del(assertKey(key), options());
    },
    async deletePrefix(prefix) {
      const under = `${assertKey(prefix.replace(/\/$/, ""))}/`;
      for (let more = true; more; ) {
        const page = await list({ ...options(), prefix: under });
        if (page.blobs.length > 0)
          await del(
            page.blobs.map((blob) => blob.url),
            options(),
          );
        more = page.hasMore && page.blobs.length > 0;
      }
    },
    async check() {
      await list({ ...options(), limit: 1 });
    },
  };
}
