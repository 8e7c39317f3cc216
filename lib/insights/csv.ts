/** Characters that make a spreadsheet take a text for a formula (OWASP, CSV injection). */
const FORMULA_START = /^(?:[\t\r\n]|[\s"]*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20])/;
/** The same behind what ends a cell where lists are written with semicolons: there quotes inside of a cell keep nothing together. */
const FORMULA_INSIDE = /([;\t\r\n])(?=[\s"]*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20])/g;

/** Null is an empty cell. */
export type Cell = string | number | null;

/** What a file begins with: spreadsheets need it to see the umlauts. */
export const CSV_START = "\uFEFF";

/** One CSV document (RFC 4180, UTF-8). */
export function writeCsv(rows: readonly (readonly Cell[])[]): string {
  return CSV_START + csvLines(rows);
}

/** Lines of one. Numbers stay numbers; where a text would start a formula, an apostrophe stands before it. */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(written).join(",")}\r\n`).join("");
}

function written(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const inside = value.replace(FORMULA_INSIDE, "$1'");
  const harmless = FORMULA_START.test(value) ? `'${inside}` : inside;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
