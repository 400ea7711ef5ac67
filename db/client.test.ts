import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { openDatabase } from "./client";
import { withSystem } from "./tenant";

test("a server that lets nobody in holds nobody for longer than asked", async () => {
  const sockets: Socket[] = [];
  const mute = createServer((socket) => void sockets.push(socket.on("error", () => {})));
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  const { port } = mute.address() as AddressInfo;
  const patience = { connectMs: 200, answerMs: 200 };
  const database = await openDatabase({ url: `postgres://a:b@127.0.0.1:${port}/c`, maxConnections: 1, patience });
  const asked = Array.from({ length: 3 }, () => withSystem(database, (tx) => tx.execute(sql`select 1`)));
  const settled = await Promise.race([Promise.allSettled(asked), new Promise((r) => setTimeout(r, 10_000))]);
  expect(settled).toMatchObject(Array(3).fill({ status: "rejected" }));
  await database.close();
  for (const socket of sockets) socket.destroy();
  mute.close();
});

describe.skipIf(postgresUnavailable())("on PostgreSQL", () => {
  test("a statement that is not answered undoes its transaction, and the next one has a connection that works", async () => {
    const { url } = await postgresDatabase();
    // A busy machine may be slow to connect; what is measured is the answer.
    const patience = { connectMs: 20_000, answerMs: 700 };
    const database = await openDatabase({ url, maxConnections: 1, patience });
    const startedAt = performance.now();
    const stuck = withSystem(database, (tx) => tx.execute(sql`select pg_sleep(20)`));
    await expect(stuck).rejects.toThrow();
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    const { rows } = await withSystem(database, (tx) => tx.execute(sql`select 1 as one`));
    expect(rows).toEqual([{ one: 1 }]);
    await database.close();
  });
});
