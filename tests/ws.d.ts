/** The part of `ws` the proxy uses; the package brings no types. */
declare module "ws" {
  import type { EventEmitter } from "node:events";
  import type { Server } from "node:http";
  import type { Duplex } from "node:stream";

  export class WebSocket extends EventEmitter {
    close(): void;
    terminate(): void;
  }
  export class WebSocketServer extends EventEmitter {
    constructor(options: { server: Server; perMessageDeflate?: boolean });
    close(): void;
    clients: Set<WebSocket>;
  }
  export function createWebSocketStream(socket: WebSocket): Duplex;
}
