/** Characters that make a spreadsheet take a text for a formula (OWASP, CSV injection). */
const FORMULA_START = /^[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/;

/** Null is an empty cell. */
export type Cell = string | number | null;

/** What a file begins with: spreadsheets need it to see the umlauts. */
export const CSV_START = "\uFEFF";

/** One CSV document (RFC 4180, UTF-8). */
export function writeCsv(rows: readonly (readonly Cell[])[]): string {
  return CSV_START + csvLines(rows);
}

/** Lines of one. Numbers stay numbers; a text that would start a formula gets a leading apostrophe. */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(written).join(",")}\r\n`).join("");
}

function written(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const harmless = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
