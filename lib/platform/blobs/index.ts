export { DiskBlobStore } from "./disk-blob-store";
export { resolveRange } from "./range";
export { assertKey, type Blob, type BlobInfo, type BlobStore, type ByteRange, RangeNotSatisfiable } from "./types";
