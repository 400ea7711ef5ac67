import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { createWebSocketStream, type WebSocket, WebSocketServer } from "ws";

/** Carries PostgreSQL's protocol inside WebSockets to a server on this machine, as Neon's own proxy does. */
export async function startNeonProxy(target: { host: string; port: number }) {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  let connections = 0;
  sockets.on("connection", (socket: WebSocket) => {
    connections++;
    const tcp = connect(target.port, target.host);
    tcp.setNoDelay(true);
    const stream = createWebSocketStream(socket);
    stream.on("error", () => tcp.destroy());
    tcp.on("error", () => socket.terminate());
    tcp.on("close", () => socket.close());
    stream.pipe(tcp).pipe(stream);
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    connections: () => connections,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
