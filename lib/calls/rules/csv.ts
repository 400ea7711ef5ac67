/** A cell that a spreadsheet would take for a formula is made text by an apostrophe (OWASP "CSV Injection"). */
const formula = /^[=+\-@\t\r]/;

/** One record of RFC 4180, its line end included. null and undefined are empty cells. */
export function csvRecord(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
