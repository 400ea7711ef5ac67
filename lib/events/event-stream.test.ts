import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { eventStream, publishEvent, readStream, streamPosition, takeStreamPlace, wakeStreams } from "./index";

const times = { pollMs: 5, heartbeatMs: 10_000, recheckMs: 10_000, lifeMs: 10_000 };

type Message = { id?: string; kind?: string; subjectId?: string };

/** Messages as a browser would see them, comments left out. */
async function* messagesIn(stream: ReadableStream<Uint8Array>): AsyncGenerator<Message> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const bytes of stream) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const lines = part.split("\n");
      const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      const data = field("data");
      if (data) yield { id: field("id"), ...(JSON.parse(data) as object) };
    }
  }
}

/** What the stream says up to where that is enough; it is given up then. */
async function textUntil(stream: ReadableStream<Uint8Array>, isEnough: (text: string) => boolean): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of stream) {
    text += decoder.decode(bytes, { stream: true });
    if (isEnough(text)) break;
  }
  return text;
}

describe("eventStream", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  const publish = (ctx: Context, subjectId: string) =>
    withTenant(database, ctx.orgId, (tx) => publishEvent(ctx, tx, { kind: "call.updated", subjectId }));

  const open = (ctx: Context, cursor: string, options: Partial<Parameters<typeof eventStream>[0]> = {}) =>
    eventStream({
      cursor,
      read: (from) => readStream(ctx, { cursor: from, limit: 3 }),
      isAllowed: async () => true,
      signal: new AbortController().signal,
      times,
      onError: (error) => expect.unreachable(String(error)),
      ...options,
    });

  async function take(stream: ReadableStream<Uint8Array>, count: number): Promise<Message[]> {
    const taken: Message[] = [];
    for await (const message of messagesIn(stream)) {
      taken.push(message);
      if (taken.length === count) break;
    }
    return taken;
  }

  it("begins with its place, then tells what happens, in order and in full", async () => {
    const { ctx } = await createTestOrganization(database);
    const start = await streamPosition(ctx, { secondsBack: 0 });
    const taking = take(open(ctx, start), 6);
    for (const subject of ["a", "b", "c", "d", "e"]) await publish(ctx, subject);
    const [first, ...events] = await taking;
    expect(first).toEqual({ id: start });
    expect(events.map((event) => event.subjectId)).toEqual(["a", "b", "c", "d", "e"]);
    expect(events[0]).toMatchObject({ kind: "call.updated", id: expect.stringMatching(/^evt_/) });
  });

  it("resumes after the last id without loss or repetition", async () => {
    const { ctx } = await createTestOrganization(database);
    const start = await streamPosition(ctx, { secondsBack: 0 });
    for (const subject of ["a", "b", "c", "d"]) await publish(ctx, subject);
    // The object's own `id` stands for the event; the message's id is the place.
    const placesIn = (text: string) => [...text.matchAll(/^id: (.+)$/gm)].map(([, place]) => place);
    const places = placesIn(await textUntil(open(ctx, start), (text) => placesIn(text).length >= 5));
    expect(places).toHaveLength(5);
    const rest = await take(open(ctx, places[2] ?? ""), 3);
    expect(rest.slice(1).map((event) => event.subjectId)).toEqual(["c", "d"]);
  });

  it("ends when the reader is no longer a member, and says nothing more", async () => {
    const { ctx } = await createTestOrganization(database);
    let isMember = true;
    const stream = open(ctx, await streamPosition(ctx, { secondsBack: 0 }), {
      isAllowed: async () => isMember,
      times: { ...times, recheckMs: 20 },
    });
    const all = new Response(stream).text();
    await new Promise((resolve) => setTimeout(resolve, 60));
    isMember = false;
    await new Promise((resolve) => setTimeout(resolve, 60));
    await publish(ctx, "secret");
    expect(await all).not.toContain("secret");
  });

  it("ends at once when the request or the process ends, and by itself when its time is up", async () => {
    const { ctx } = await createTestOrganization(database);
    const stop = new AbortController();
    const slow = { ...times, pollMs: 60_000 };
    const ended = new Response(open(ctx, "0_0", { signal: stop.signal, times: slow })).text();
    setTimeout(() => stop.abort(), 30);
    const startedAt = performance.now();
    await ended;
    await new Response(open(ctx, "0_0", { times: { ...slow, lifeMs: 50 } })).text();
    expect(performance.now() - startedAt).toBeLessThan(8_000);
  });

  it("is woken within the process instead of waiting for its turn", async () => {
    const { ctx } = await createTestOrganization(database);
    const cursor = await streamPosition(ctx, { secondsBack: 0 });
    const taking = take(open(ctx, cursor, { times: { ...times, pollMs: 60_000 } }), 2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await publish(ctx, "now");
    wakeStreams();
    expect((await taking)[1]?.subjectId).toBe("now");
  });

  it("beats while nothing happens, and reports a failure by ending", async () => {
    const { ctx } = await createTestOrganization(database);
    const quiet = open(ctx, "0_0", { times: { ...times, heartbeatMs: 10 } });
    const beat = ": still here\n\n";
    expect(await textUntil(quiet, (text) => text.includes(beat))).toContain(beat);
    const errors: unknown[] = [];
    const read = () => Promise.reject(new Error("database away"));
    await new Response(open(ctx, "0_0", { read, onError: (error) => errors.push(error) })).text();
    expect(errors).toHaveLength(1);
  });

  it("carries nothing of another organisation", async () => {
    const a = await createTestOrganization(database);
    const b = await createTestOrganization(database);
    await publish(a.ctx, "of a");
    await publish(b.ctx, "of b");
    await publish(a.ctx, "of a, later");
    await publish(b.ctx, "last of b");
    const text = await textUntil(open(b.ctx, "0_0"), (read) => read.includes("last of b"));
    expect(text).toContain("of b");
    expect(text).not.toContain("of a");
  });

  it("has forty places for a reader, each free again when its stream has ended", async () => {
    const { ctx } = await createTestOrganization(database);
    const openOne = (leave: () => void) => open(ctx, "0_0", { onEnd: leave }).getReader();
    const leaves = Array.from({ length: 40 }, () => takeStreamPlace(ctx.orgId));
    expect([leaves.filter(Boolean).length, takeStreamPlace(ctx.orgId)]).toEqual([40, undefined]);
    expect(takeStreamPlace("mbr_another")).toBeDefined();
    const [read, unread] = leaves.map((leave) => openOne(leave ?? (() => expect.unreachable())));
    await read?.read();
    for (const reader of [read, unread]) {
      await reader?.cancel();
      expect(takeStreamPlace(ctx.orgId)).toBeDefined();
      expect(takeStreamPlace(ctx.orgId)).toBeUndefined();
    }
  });

  it("starts a little before now, so that what happened while a page was read is told", async () => {
    const { ctx } = await createTestOrganization(database);
    await publish(ctx, "just before");
    const [, event] = await take(open(ctx, await streamPosition(ctx, { secondsBack: 10 })), 2);
    expect(event?.subjectId).toBe("just before");
  });
});
