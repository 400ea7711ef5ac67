/** One attempt to hand a message to a webhook, as the control endpoint lists it. */
export interface Delivery {
  id: string;
  callId: string;
  /** The same for all attempts and copies of one message. */
  messageId: string;
  type: string;
  /** status-update: the status; transcript: partial or final; speech-update: started or stopped. */
  detail?: string;
  url: string;
  attempt: number;
  kind: "original" | "duplicate" | "forged" | "resent" | "retried" | "dropped";
  sentAt: string;
  /** Milliseconds until the answer or the failure. */
  ms: number;
  status?: number;
  error?: string;
  /** The webhook answered 2xx to a message with the right secret: it is responsible for it now. */
  isAcknowledged: boolean;
  bodySha256: string;
  toolCallIds?: string[];
  /** Kept for messages whose answer matters. */
  response?: unknown;
  /** What a strict reader would refuse in the answer. */
  problem?: string;
  /** The message as sent, when the call was placed with `keepBodies`. */
  body?: string;
}

export interface DeliveryLog {
  add(delivery: Delivery): void;
  of(callId: string): Delivery[];
  forget(callId: string): void;
}

const maxCalls = 5000;

export function createDeliveryLog(): DeliveryLog {
  const byCall = new Map<string, Delivery[]>();
  return {
    add(delivery) {
      const list = byCall.get(delivery.callId);
      if (list) list.push(delivery);
      else byCall.set(delivery.callId, [delivery]);
      const oldest = byCall.size > maxCalls ? byCall.keys().next().value : undefined;
      if (oldest !== undefined) byCall.delete(oldest);
    },
    of: (callId) => [...(byCall.get(callId) ?? [])],
    forget: (callId) => byCall.delete(callId),
  };
}
