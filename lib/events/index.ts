import "server-only";

export { listAuditEntries } from "./list-audit-entries";
export { readStream } from "./read-stream";
export { type Change, describeActor, publishEvent, recordChange } from "./record-change";
export { type EventKind, eventCursor, eventKinds, type StreamedEvent } from "./schemas";
