/** One hour of the day: how many calls were answered and missed, and how many of the answered were booked. */
export type HourOfCalls = { hour: number; answered: number; missed: number; booked: number };
