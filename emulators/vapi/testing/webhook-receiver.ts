import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

const toolCall = z.object({
  id: z.string(),
  name: z.string().optional(),
  arguments: z.unknown().optional(),
  function: z.object({ name: z.string(), arguments: z.unknown() }).optional(),
});

const envelope = z.object({
  message: z.looseObject({
    type: z.string(),
    call: z.looseObject({ id: z.string(), status: z.string().optional(), startedAt: z.string().optional() }),
    toolCallList: z.array(toolCall).optional(),
  }),
});

export type ReceivedMessage = z.infer<typeof envelope>["message"];

export interface Received {
  message: ReceivedMessage;
  headers: IncomingHttpHeaders;
  rawHeaders: string[];
  body: string;
}

export interface Answer {
  status?: number;
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  text?: string;
  afterMs?: number;
}

export interface ToolUseSeen {
  id: string;
  name: string;
  args: Record<string, unknown>;
}

export interface Receiver {
  url: string;
  received: Received[];
  of(type: string): Received[];
  types(): string[];
  toolUses(): ToolUseSeen[];
  /** The next answers of tools, by tool name; `{say, data}` becomes one line of JSON. */
  tools: Record<string, (args: Record<string, unknown>, use: ToolUseSeen) => unknown>;
  /** Answers anything but tool calls; undefined means an empty 200. */
  answer: (received: Received) => Answer | undefined;
  close(): Promise<void>;
}

/** A small webhook for the tests: keeps every message and answers tool calls from a table. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
    } catch {
      return; // the other side was made to disconnect
    }
    const body = Buffer.concat(chunks).toString("utf8");
    const { message } = envelope.parse(JSON.parse(body));
    const entry: Received = { message, headers: request.headers, rawHeaders: request.rawHeaders, body };
    received.push(entry);
    const special = receiver.answer(entry);
    const answer: Answer = special ?? (message.type === "tool-calls" ? { body: { results: results(message) } } : {});
    if (answer.afterMs) await new Promise((resolve) => setTimeout(resolve, answer.afterMs));
    response.writeHead(answer.status ?? 200, { "content-type": "application/json" });
    response.end(answer.text ?? JSON.stringify(answer.body ?? {}));
  });

  function usesOf(message: ReceivedMessage): ToolUseSeen[] {
    return (message.toolCallList ?? []).map((call) => {
      const args = call.function?.arguments ?? call.arguments ?? {};
      const parsed = z.record(z.string(), z.unknown()).parse(typeof args === "string" ? JSON.parse(args) : args);
      return { id: call.id, name: call.function?.name ?? call.name ?? "", args: parsed };
    });
  }

  function results(message: ReceivedMessage): object[] {
    return usesOf(message).map((use) => {
      const tool = receiver.tools[use.name];
      if (!tool) return { toolCallId: use.id, name: use.name, error: `no tool ${use.name}` };
      return { toolCallId: use.id, name: use.name, result: JSON.stringify(tool(use.args, use)) };
    });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    of: (type) => received.filter((entry) => entry.message.type === type),
    types: () => received.map((entry) => entry.message.type),
    toolUses: () => received.flatMap((entry) => usesOf(entry.message)),
    tools: {},
    answer: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
