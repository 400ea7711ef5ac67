import "server-only";

export { type EventStreamOptions, eventStream, type StreamTimes } from "./event-stream";
export { type AuditEntry, listAuditEntries } from "./list-audit-entries";
export { readStream } from "./read-stream";
export { type Change, describeActor, publishEvent, recordChange } from "./record-change";
export { type EventKind, eventCursor, eventKinds, type StreamedEvent } from "./schemas";
export { takeStreamPlace } from "./stream-places";
export { streamPosition } from "./stream-position";
export { onWakeStreams, wakeStreams } from "./wake-streams";
