/** A cell that a spreadsheet would take for a formula is made text by an apostrophe (OWASP "CSV Injection"). */
const formula = /^[=+\-@\t\r]/;

/** `figure` is a number of ours written out, an amount of money with its places: it stays one, also below nothing. */
export type Cell = string | number | { figure: string } | null | undefined;

/** One record of RFC 4180, its line end included. null and undefined are empty cells. */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "object") return value.figure;
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
