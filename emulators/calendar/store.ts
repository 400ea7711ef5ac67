import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "../http/clock";
import { openJsonStore } from "../http/json-store";
import type { AccountRecord, CalendarRecord, EventFields, EventRecord } from "./records";

export type ChangeKind = "created" | "updated" | "deleted";

export interface CalendarStore {
  accounts(): AccountRecord[];
  account(id: string): AccountRecord | undefined;
  addAccount(account: Omit<AccountRecord, "id">): AccountRecord;
  addCalendar(accountId: string, calendar: Omit<CalendarRecord, "id" | "syncEpoch"> & { id?: string }): CalendarRecord;
  removeCalendar(calendarId: string): void;
  /** Whose it is, and the calendar. */
  calendar(calendarId: string): { account: AccountRecord; calendar: CalendarRecord } | undefined;
  events(calendarId: string): EventRecord[];
  event(calendarId: string, eventId: string): EventRecord | undefined;
  /** Over all calendars; Microsoft's ids need no calendar. */
  eventById(eventId: string): EventRecord | undefined;
  add(calendarId: string, eventId: string, fields: EventFields & Partial<EventRecord>): EventRecord;
  change(record: EventRecord, fields: Partial<EventRecord>): EventRecord;
  /** The calendar's last change. */
  sequenceOf(calendarId: string): number;
  expireSyncTokens(calendarId: string): void;
  onChange(listener: (record: EventRecord, kind: ChangeKind) => void): void;
  flush(): Promise<void>;
}

/** Accounts, calendars and events on disk, with a number for every change of a calendar. */
export function openCalendarStore(dataDir: string, clock: Clock): CalendarStore {
  const accounts = openJsonStore<AccountRecord>(join(dataDir, "accounts"));
  const documents = openJsonStore<EventRecord>(join(dataDir, "events"));
  const byCalendar = new Map<string, Map<string, EventRecord>>();
  const sequences = new Map<string, number>();
  const listeners: ((record: EventRecord, kind: ChangeKind) => void)[] = [];
  const index = (record: EventRecord) => {
    const events = byCalendar.get(record.calendarId) ?? new Map<string, EventRecord>();
    byCalendar.set(record.calendarId, events.set(record.eventId, record));
    sequences.set(record.calendarId, Math.max(record.sequence, sequences.get(record.calendarId) ?? 0));
  };
  documents.list().forEach(index);

  const find = (calendarId: string) => {
    for (const account of accounts.list()) {
      const calendar = account.calendars.find((candidate) => candidate.id === calendarId);
      if (calendar) return { account, calendar };
    }
    return undefined;
  };
  const save = (record: EventRecord, kind: ChangeKind): EventRecord => {
    index(record);
    void documents.put(record);
    for (const listener of listeners) listener(record, kind);
    return record;
  };
  const nextSequence = (calendarId: string) => (sequences.get(calendarId) ?? 0) + 1;

  return {
    accounts: () => accounts.list(),
    account: (id) => accounts.list().find((account) => account.id === id || account.email === id),
    addAccount(account) {
      const added = { ...account, id: randomUUID() };
      void accounts.put(added);
      return added;
    },
    addCalendar(accountId, calendar) {
      const account = accounts.get(accountId);
      if (!account) throw new Error(`no account ${accountId}`);
      const added: CalendarRecord = { syncEpoch: 1, ...calendar, id: calendar.id ?? randomUUID() };
      void accounts.put({ ...account, calendars: [...account.calendars, added] });
      return added;
    },
    removeCalendar(calendarId) {
      const found = find(calendarId);
      if (!found) return;
      const calendars = found.account.calendars.filter((calendar) => calendar.id !== calendarId);
      void accounts.put({ ...found.account, calendars });
      for (const record of byCalendar.get(calendarId)?.values() ?? []) void documents.delete(record.id);
      byCalendar.delete(calendarId);
    },
    calendar: find,
    events: (calendarId) => [...(byCalendar.get(calendarId)?.values() ?? [])],
    event: (calendarId, eventId) => byCalendar.get(calendarId)?.get(eventId),
    eventById(eventId) {
      for (const events of byCalendar.values()) if (events.has(eventId)) return events.get(eventId);
      return undefined;
    },
    add(calendarId, eventId, fields) {
      const now = clock.now();
      const fresh = { isCancelled: false, version: 1, createdMs: now, updatedMs: now, former: [] };
      const identity = { id: randomUUID(), calendarId, eventId, sequence: nextSequence(calendarId) };
      return save({ ...fresh, ...fields, ...identity }, "created");
    },
    change(record, fields) {
      const sequence = nextSequence(record.calendarId);
      const { times, recurrence } = record;
      const former = recurrence ? [...record.former, { times, recurrence, untilSequence: sequence }] : record.former;
      const changed = { ...record, ...fields, former, sequence, version: record.version + 1, updatedMs: clock.now() };
      return save(changed, changed.isCancelled && !record.isCancelled ? "deleted" : "updated");
    },
    sequenceOf: (calendarId) => sequences.get(calendarId) ?? 0,
    expireSyncTokens(calendarId) {
      const found = find(calendarId);
      if (!found) return;
      const calendars = found.account.calendars.map((calendar) =>
        calendar.id === calendarId ? { ...calendar, syncEpoch: calendar.syncEpoch + 1 } : calendar,
      );
      void accounts.put({ ...found.account, calendars });
    },
    onChange: (listener) => void listeners.push(listener),
    async flush() {
      await Promise.all([accounts.flush(), documents.flush()]);
    },
  };
}
