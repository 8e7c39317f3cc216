/** Characters that make a spreadsheet take a text for a formula (OWASP, CSV injection). */
const FORMULA_START = /^[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/;

/**
 * One CSV document (RFC 4180, UTF-8 with a byte order mark, which spreadsheets need to see the umlauts). Numbers stay
 * numbers; a text that would start a formula gets a leading apostrophe.
 */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const harmless = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
