/** What we saw of a call ourselves, whatever its messages say: when the first and the last of them came, and its last words and tool calls. */
export type SeenCall = { firstAt: Date | null; lastAt: Date | null; lastTurnAt: Date | null; lastToolAt: Date | null };

/** Clocks differ, and a message is on its way for a while. */
const WAY_MS = 5 * 60_000;
/** A turn may be heard a little after the end. */
const ECHO_MS = 60_000;
/** No call lasts longer, nor is told of later. */
const LONGEST_MS = 24 * 60 * 60_000;

/**
 * The times of a call as far as they can be believed: messages are signed with a secret that the business has too. Nothing is later than the
 * last message, nothing a day earlier than the first one, and a call that still asked for a tool had not ended. A turn may come late, so that it
 * moves no end. `outlivedEnd`: something was still said or done after the end that was told. What we saw is laid beside what was told by how long
 * after the first message it came: the provider's clock may be hours from ours, and a call is no longer for it.
 */
export function believableTimes(
  told: { answeredAt: Date | null; endedAt: Date | null },
  { firstAt, lastAt, lastTurnAt, lastToolAt }: SeenCall,
): { answeredAt: Date | null; endedAt: Date | null; outlivedEnd: boolean } {
  const from = firstAt ? firstAt.getTime() - LONGEST_MS : Number.NEGATIVE_INFINITY;
  const to = lastAt ? lastAt.getTime() + WAY_MS : Number.POSITIVE_INFINITY;
  const within = (at: Date | null) => at && new Date(Math.max(from, Math.min(to, at.getTime())));
  const [answeredAt, endedAt] = [within(told.answeredAt), within(told.endedAt)];
  const onTheirClock = (at: Date | null) =>
    at && firstAt && answeredAt
      ? new Date(Math.min(at.getTime(), answeredAt.getTime() + at.getTime() - firstAt.getTime()))
      : at;
  const [lastTurn, lastTool] = [onTheirClock(lastTurnAt), onTheirClock(lastToolAt)];
  const isAfterEnd = (at: Date | null) => Boolean(at && endedAt && at.getTime() - endedAt.getTime() > ECHO_MS);
  return {
    answeredAt,
    endedAt: isAfterEnd(lastTool) ? lastTool : endedAt,
    outlivedEnd: isAfterEnd(lastTurn) || isAfterEnd(lastTool),
  };
}
