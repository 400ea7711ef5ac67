import type { Clock } from "../http/clock";
import type { JsonStore } from "../http/json-store";
import type { Poster } from "../http/post";
import type { CallRecord } from "./calls/call-record";
import type { DeliveryLog } from "./delivery/delivery-log";
import type { Storage } from "./recordings/storage";
import type { StoredAssistant, StoredCredential, StoredPhoneNumber, StoredTool } from "./resources/types";
import type { Speech } from "./speech/speech";

export interface LiveCall {
  /** Resolves when the call is over and its last message delivered or given up. */
  done: Promise<void>;
  hangUp(): void;
}

/** Everything the parts of the emulator share. */
export interface Emulator {
  orgId: string;
  clock: Clock;
  assistants: JsonStore<StoredAssistant>;
  tools: JsonStore<StoredTool>;
  phoneNumbers: JsonStore<StoredPhoneNumber>;
  credentials: JsonStore<StoredCredential>;
  calls: JsonStore<CallRecord>;
  storage: Storage;
  speech: Speech;
  poster: Poster;
  log: DeliveryLog;
  live: Map<string, LiveCall>;
  /** Aborted when the emulator closes. */
  closing: AbortSignal;
  /** The vendor's is 7.5 s, whatever the server's `timeoutSeconds` says. */
  assistantRequestTimeoutMs: number;
}
