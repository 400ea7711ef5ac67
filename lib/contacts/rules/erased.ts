/** An erased contact keeps its row, so that the counts of calls and bookings stay true, but nothing that tells who it was. */
export const isErased = (contact: { name: string; phone: string | null; email: string | null }): boolean =>
  !contact.name && !contact.phone && !contact.email;
