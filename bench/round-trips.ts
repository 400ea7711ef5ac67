import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * A way to the database that counts round trips: each time the client speaks after the server did, however much it sends at once.
 * Counted per connection, because the queue talks on others at the same time.
 */
export async function countRoundTrips(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const counts = new Map<Socket, number>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) socket.setNoDelay(true);
    let serverSpoke = true;
    counts.set(client, 0);
    client.on("data", (part) => {
      if (serverSpoke) counts.set(client, (counts.get(client) ?? 0) + 1);
      serverSpoke = false;
      upstream.write(part);
    });
    upstream.on("data", (part) => {
      serverSpoke = true;
      client.write(part);
    });
    const end = () => {
      client.destroy();
      upstream.destroy();
      counts.delete(client);
    };
    for (const socket of [client, upstream]) socket.on("close", end).on("error", end);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    /** The most round trips any one connection made meanwhile. */
    async during(run: () => Promise<unknown>): Promise<number> {
      const before = new Map(counts);
      await run();
      return Math.max(...[...counts].map(([socket, count]) => count - (before.get(socket) ?? 0)), 0);
    },
    stop: () => {
      for (const socket of counts.keys()) socket.destroy();
      server.close();
    },
  };
}
