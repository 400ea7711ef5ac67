/** Said after closing a time: what is booked in it stays, and where it stands. Empty where there is none. */
export const sayDisplaced = (count: number): string =>
  count === 0
    ? ""
    : ` ${count === 1 ? "One booking lies" : `${count} bookings lie`} in closed time: see the list here.`;
