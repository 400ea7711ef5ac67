import { sha256Hex } from "@/lib/platform/crypto";

/**
 * What makes two deliveries one event. A report's body differs at each delivery (its links are made anew) and a status is told once,
 * so those go by call; fifty transcripts of a call differ in their bytes alone, so everything else goes by the body.
 */
export function inboxKey(message: KeyParts, raw: Uint8Array | string): string {
  return indexable(keyOf(message, raw));
}

/** An index takes no entry of any length: what is longer goes by its hash. */
export const indexable = (key: string): string => (key.length > MAX_LENGTH ? `long:${sha256Hex(key)}` : key);

const MAX_LENGTH = 500;

type KeyParts = {
  type: string;
  callId: string | undefined;
  status?: string | undefined;
  toolCallIds?: readonly string[];
};

function keyOf(message: KeyParts, raw: Uint8Array | string): string {
  const { type, callId, status, toolCallIds } = message;
  const byBody = () => `${type}:${callId ?? "-"}:${sha256Hex(raw)}`;
  if (!callId) return byBody();
  if (type === "end-of-call-report") return `${type}:${callId}`;
  if (type === "status-update" && status) return `${type}:${callId}:${status}`;
  if (type === "tool-calls" && toolCallIds && toolCallIds.length > 0)
    return `${type}:${callId}:${sha256Hex(JSON.stringify(toolCallIds))}`;
  return byBody();
}
