export type Waiting = {
  id: string;
  /** null = anybody. */
  staffId: string | null;
  priority: number;
  joinedAtMs: number;
  /** ISO dates, both included. */
  fromOn: string | null;
  toOn: string | null;
  /** Starts at local minutes in [from, to). */
  fromMinute: number;
  toMinute: number;
};

/** The ranking: the higher priority first, then who joined earlier; ids (which are in time order) decide between equals. */
export const rank = <W extends Pick<Waiting, "id" | "priority" | "joinedAtMs">>(waiting: readonly W[]): W[] =>
  waiting.toSorted((a, b) => b.priority - a.priority || a.joinedAtMs - b.joinedAtMs || (a.id < b.id ? -1 : 1));

/** Whether somebody waits for just this time. `startsAt` is ISO 8601 on the wall clock of the place. */
export function wants(waiting: Waiting, { startsAt, staffId }: { startsAt: string; staffId: string }): boolean {
  const onDate = startsAt.slice(0, 10);
  const minute = Number(startsAt.slice(11, 13)) * 60 + Number(startsAt.slice(14, 16));
  return (
    (waiting.staffId === null || waiting.staffId === staffId) &&
    (waiting.fromOn === null || waiting.fromOn <= onDate) &&
    (waiting.toOn === null || onDate <= waiting.toOn) &&
    waiting.fromMinute <= minute &&
    minute < waiting.toMinute
  );
}
