/** Now, as a dependency: tests and simulations move it. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
export const fixedClock = (instant: string | Date): Clock => ({ now: () => new Date(instant) });
