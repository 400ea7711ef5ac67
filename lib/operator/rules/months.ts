/** "2026-11": a calendar month of UTC. Months compare as text. */
export type Month = string;

export const monthOf = (at: Date): Month => at.toISOString().slice(0, 7);

/** When the month is over: the first instant of the next. */
export function endOf(month: Month): Date {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 1));
}

export const nextMonth = (month: Month): Month => monthOf(endOf(month));

/** Every month from the one to the other, both included. */
export function monthsBetween(from: Month, to: Month): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = nextMonth(month)) months.push(month);
  return months;
}
