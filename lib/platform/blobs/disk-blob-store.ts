import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat, unlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { resolveRange } from "./range";
import { assertKey, type Blob, type BlobInfo, type BlobStore, type ByteRange } from "./types";

const absent = (error: unknown): boolean =>
  ["ENOENT", "ENOTDIR", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "");

const PROBE = new Uint8Array(4_096);

/** A folder on this machine. Each blob is a file, its content type a small file beside it. */
export class DiskBlobStore implements BlobStore {
  constructor(private readonly directory: string) {}

  async put(
    key: string,
    data: Uint8Array | ReadableStream<Uint8Array>,
    options: { contentType: string },
  ): Promise<void> {
    const file = this.fileOf(key);
    await mkdir(path.dirname(file), { recursive: true });
    const temporary = path.join(path.dirname(file), `.${randomUUID()}.part`);
    try {
      const source =
        data instanceof Uint8Array ? Readable.from([data]) : Readable.fromWeb(data as NodeReadableStream<Uint8Array>);
      await pipeline(source, createWriteStream(temporary, { mode: 0o600 }));
      await flush(temporary);
      await writeFile(typeFile(file), options.contentType, { mode: 0o600 });
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async get(key: string, options: { range?: ByteRange | undefined } = {}): Promise<Blob | undefined> {
    const info = await this.stat(key);
    if (!info) return undefined;
    const range = options.range && resolveRange(options.range, info.size);
    const file = createReadStream(this.fileOf(key), range ?? {});
    return { ...info, stream: Readable.toWeb(file) as ReadableStream<Uint8Array>, range };
  }

  async stat(key: string): Promise<BlobInfo | undefined> {
    const file = this.fileOf(key);
    try {
      const found = await stat(file);
      if (!found.isFile()) return undefined;
      return { size: found.size, contentType: await readFile(typeFile(file), "utf8") };
    } catch (error) {
      if (absent(error)) return undefined;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    const file = this.fileOf(key);
    for (const name of [file, typeFile(file)])
      await unlink(name).catch((error: unknown) => {
        if (!absent(error)) throw error;
      });
  }

  async deletePrefix(prefix: string): Promise<void> {
    await rm(this.fileOf(prefix.replace(/\/$/, "")), { recursive: true, force: true });
  }

  async check(): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    // May be written to is not enough: a disk that is full lets everybody in.
    const probe = path.join(this.directory, `.${randomUUID()}.part`);
    try {
      await writeFile(probe, PROBE, { mode: 0o600 });
      await flush(probe);
    } finally {
      await rm(probe, { force: true });
    }
  }

  private fileOf(key: string): string {
    return path.join(this.directory, ...assertKey(key).split("/"));
  }
}

/** Keys cannot begin with a dot, so this name can belong to no blob. */
const typeFile = (file: string): string => path.join(path.dirname(file), `.${path.basename(file)}.type`);

async function flush(file: string): Promise<void> {
  const handle = await open(file, "r+");
  await handle.sync().finally(() => handle.close());
}
