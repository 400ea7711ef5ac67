import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Vapi } from "@vapi-ai/server-sdk";
import type { Clock } from "../../http/clock";
import type { CallRecord } from "../calls/call-record";

export const artifactKinds = [
  "mono-recording",
  "stereo-recording",
  "assistant-recording",
  "customer-recording",
  "call-logs",
] as const;
export type ArtifactKind = (typeof artifactKinds)[number];

export interface Storage {
  /** The addresses kept in an artifact: without a signature they are refused. */
  privateUrls(record: CallRecord): Vapi.Artifact;
  /** Links that carry their own permission, made anew at every call. */
  presignedUrls(record: CallRecord): Vapi.Artifact;
  presign(key: string, lifetimeMs: number): string;
  /** The reason of a refusal, or undefined when the link is good. */
  refusal(key: string, query: URLSearchParams): string | undefined;
}

const presignedLifetimeMs = 3_600_000;

export function objectKey(callId: string, kind: ArtifactKind): string {
  return kind === "call-logs" ? `${callId}-call-logs.jsonl.gz` : `${callId}-${kind.replace("-recording", "")}.wav`;
}

export function parseObjectKey(key: string): { callId: string; kind: ArtifactKind } | undefined {
  const found = /^([0-9a-f-]{36})-(.+)\.(wav|jsonl\.gz)$/.exec(key);
  const kind = artifactKinds.find((candidate) => found?.[1] !== undefined && objectKey(found[1], candidate) === key);
  return found?.[1] !== undefined && kind ? { callId: found[1], kind } : undefined;
}

/** Signed links on the emulator's own origin; the key lives in the data folder, so links survive a restart. */
export function createStorage(dataDir: string, origin: () => string, clock: Clock): Storage {
  const secret = signingSecret(join(dataDir, "storage-key"));
  const address = (key: string) => `${origin()}/_storage/${key}`;
  const sign = (key: string, expires: string, nonce: string) =>
    createHmac("sha256", secret).update(`${key}\n${expires}\n${nonce}`).digest("hex");

  function presign(key: string, lifetimeMs: number): string {
    const expires = String(clock.now() + lifetimeMs);
    const nonce = randomBytes(6).toString("hex");
    return `${address(key)}?expires=${expires}&nonce=${nonce}&sig=${sign(key, expires, nonce)}`;
  }

  return {
    presign,
    privateUrls(record) {
      const logUrl = address(objectKey(record.id, "call-logs"));
      if (!record.isRecorded) return { logUrl };
      const url = (kind: ArtifactKind) => address(objectKey(record.id, kind));
      return {
        recordingUrl: url("mono-recording"),
        stereoRecordingUrl: url("stereo-recording"),
        recording: {
          stereoUrl: url("stereo-recording"),
          mono: {
            combinedUrl: url("mono-recording"),
            assistantUrl: url("assistant-recording"),
            customerUrl: url("customer-recording"),
          },
        },
        logUrl,
      };
    },
    presignedUrls(record) {
      const link = (kind: ArtifactKind) => presign(objectKey(record.id, kind), presignedLifetimeMs);
      const recordings = record.isRecorded
        ? {
            presignedMonoUrl: link("mono-recording"),
            presignedStereoUrl: link("stereo-recording"),
            presignedAssistantUrl: link("assistant-recording"),
            presignedCustomerUrl: link("customer-recording"),
          }
        : {};
      return {
        ...recordings,
        presignedLogUrl: link("call-logs"),
        presignedUrlsExpiresAt: new Date(clock.now() + presignedLifetimeMs).toISOString(),
      };
    },
    refusal(key, query) {
      const expires = query.get("expires") ?? "";
      // Compared as text: decoding hex first would overlook a stray last digit.
      const given = Buffer.from(query.get("sig") ?? "");
      const expected = Buffer.from(sign(key, expires, query.get("nonce") ?? ""));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return "signature does not match";
      return Number(expires) < clock.now() ? "link has expired" : undefined;
    },
  };
}

function signingSecret(file: string): Buffer {
  try {
    const kept = readFileSync(file);
    if (kept.length === 32) return kept;
  } catch {
    // first start in this folder
  }
  const made = randomBytes(32);
  writeFileSync(file, made, { mode: 0o600 });
  return made;
}
