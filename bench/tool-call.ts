import { randomUUID } from "node:crypto";
import { Client, Pool } from "undici";

type Target = { url: string; connectionId: string; secret: string };

/** A `tool-calls` message as Vapi sends it, asking to book `slot`. */
export function bookMessage(callId: string, slot: string, n: number): string {
  const number = `+1202555${String(1000 + (n % 9000)).padStart(4, "0")}`;
  const call = {
    id: callId,
    type: "inboundPhoneCall",
    status: "in-progress",
    customer: { number },
    startedAt: new Date().toISOString(),
  };
  const toolCall = {
    id: `call_${randomUUID().replaceAll("-", "")}`,
    type: "function",
    function: { name: "book_appointment", arguments: JSON.stringify({ slot, name: `Caller ${n}` }) },
  };
  const message = {
    type: "tool-calls",
    timestamp: Date.now(),
    call,
    customer: { number },
    toolCallList: [toolCall],
    toolCalls: [toolCall],
  };
  return JSON.stringify({ message });
}

export const statusMessage = (callId: string, status: string): string => {
  const call = { id: callId, type: "inboundPhoneCall", status, customer: { number: "+12025550123" } };
  return JSON.stringify({ message: { type: "status-update", status, timestamp: Date.now(), call } });
};

/** Keeps connections to the server open; one `Client` is one connection. */
export function webhookClient(target: Target, connections: number) {
  const pool = connections === 1 ? new Client(target.url) : new Pool(target.url, { connections });
  const post = async (body: string): Promise<string> => {
    const response = await pool.request({
      method: "POST",
      path: `/api/voice/vapi/${target.connectionId}`,
      headers: { "content-type": "application/json", "x-vapi-secret": target.secret },
      body,
    });
    const text = await response.body.text();
    if (response.statusCode !== 200) throw new Error(`the webhook answered ${response.statusCode}: ${text}`);
    return text;
  };
  return {
    post,
    /** Throws unless the answer says that it is booked. */
    async book(body: string): Promise<void> {
      const answer = await post(body);
      if (!/booked for/.test(answer)) throw new Error(`not booked: ${answer}`);
    },
    async get(path: string, headers: Record<string, string> = {}): Promise<void> {
      const response = await pool.request({ method: "GET", path, headers });
      await response.body.text();
      if (response.statusCode !== 200) throw new Error(`${path} answered ${response.statusCode}`);
    },
    close: () => pool.close(),
  };
}
