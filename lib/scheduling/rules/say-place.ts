/** A place in one line: "Finch Lane, 7 Finch Lane, London". */
export const sayPlace = ({ name, address }: { name: string; address: string }): string =>
  [name, address.replace(/\s*\n\s*/g, ", ")].filter(Boolean).join(", ");
