import { ok } from "@/lib/platform/result";
import type { BusyBlock, CalendarEvent, CalendarPort, CalendarRefusal, CalendarVendors, UnreadPart } from "../ports";

type Item = {
  blocks: BusyBlock[];
  key: string | undefined;
  unread?: UnreadPart | undefined;
  version: number;
  event?: CalendarEvent;
};

/**
 * A calendar in memory that keeps account of its changes: for tests of what stands above the port. What vendors really do is tested against
 * emulators and servers.
 */
export function memoryCalendar() {
  const items = new Map<string, Item>();
  const log: { version: number; itemId: string }[] = [];
  let version = 0;
  let oldestToken = 0;
  const state = {
    refusal: undefined as CalendarRefusal | undefined,
    reads: 0,
    fullReads: 0,
    writes: 0,
    beforeAnswer: async () => {},
  };

  const touch = (itemId: string) => {
    log.push({ version: ++version, itemId });
    return version;
  };
  const itemOf = (itemId: string) => {
    const item = items.get(itemId);
    return { itemId, blocks: item?.blocks ?? [], unread: item?.unread, key: item?.key };
  };

  const port: CalendarPort = {
    async listCalendars() {
      return (
        state.refusal ?? ok([{ externalId: "main", name: "Work", zone: undefined, isWritable: true, isPrimary: true }])
      );
    },
    async changesSince(_id, { token }) {
      state.reads++;
      const at = version;
      const isFull = token === undefined;
      if (isFull) state.fullReads++;
      const changed = isFull
        ? [...items.keys()]
        : [...new Set(log.filter((entry) => entry.version > Number(token)).map((entry) => entry.itemId))];
      const answer = {
        isFull,
        items: changed.filter((itemId) => items.has(itemId)).map(itemOf),
        removed: changed.filter((itemId) => !items.has(itemId)),
        token: String(at),
      };
      await state.beforeAnswer();
      if (state.refusal) return state.refusal;
      if (!isFull && Number(token) < oldestToken) return { ok: false, reason: "token_expired", detail: undefined };
      return ok(answer);
    },
    async upsertEvent(_id, event, known) {
      state.writes++;
      if (state.refusal) return state.refusal;
      const held = items.get(event.key);
      if (known?.etag && held && String(held.version) !== known.etag)
        return { ok: false, reason: "conflict", detail: undefined };
      const blocks = [{ startMs: event.startMs, endMs: event.endMs }];
      items.set(event.key, { blocks, key: event.key, version: touch(event.key), event });
      return ok({ externalId: event.key, etag: String(version) });
    },
    async deleteEvent(_id, key) {
      state.writes++;
      if (state.refusal) return state.refusal;
      if (items.delete(key)) touch(key);
      return ok(undefined);
    },
  };
  return {
    port,
    state,
    items,
    put(itemId: string, start: string, end: string, key?: string, unread?: UnreadPart["what"]) {
      const [startMs, endMs] = [Date.parse(start), Date.parse(end)];
      const part = unread && { what: unread, atMs: startMs };
      items.set(itemId, { blocks: [{ startMs, endMs }], key, unread: part, version: touch(itemId) });
    },
    remove(itemId: string) {
      items.delete(itemId);
      touch(itemId);
    },
    /** Forgets what changed: tokens given so far have expired. */
    expireTokens: () => {
      oldestToken = version + 1;
      version++;
    },
    vendors: { open: () => port, oauth: () => undefined, pushAddress: () => undefined } satisfies CalendarVendors,
  };
}

export type MemoryCalendar = ReturnType<typeof memoryCalendar>;
