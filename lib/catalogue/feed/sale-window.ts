/** When a sale price counts: Google's "2026-11-01T00:00+01:00/2026-11-30T23:59+01:00"; one end may be left open. */
export interface SaleWindow {
  readonly isOn: boolean;
  /** Milliseconds since 1970 of its next beginning or end; infinity when none is to come. */
  readonly changesAt: number;
}

/** @param now milliseconds since 1970. @returns null when the text names no time */
export function saleWindow(interval: string, now: number): SaleWindow | null {
  if (interval === "") return { isOn: true, changesAt: Number.POSITIVE_INFINITY };
  const parts = interval.split(/\/|\s+-\s+/);
  const [from, to] = parts.map((part) => part.trim());
  if (parts.length !== 2 || from === undefined || to === undefined || (from === "" && to === "")) return null;
  const begins = from === "" ? Number.NEGATIVE_INFINITY : timeOf(from);
  const ends = to === "" ? Number.POSITIVE_INFINITY : timeOf(to) + (isDay(to) ? DAY_MS - 1 : 0);
  if (Number.isNaN(begins) || Number.isNaN(ends)) return null;
  const next = [begins, ends + 1].filter((time) => time > now && ends >= begins);
  return { isOn: begins <= now && now <= ends, changesAt: Math.min(Number.POSITIVE_INFINITY, ...next) };
}

/** A sale that ends "on the 30th" has that day, too. */
const DAY_MS = 86_400_000;

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** ISO 8601; Google also writes zones without a colon ("+0100"), and a space for the T. */
function timeOf(text: string): number {
  const form =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:(Z)|([+-]\d{2}):?(\d{2}))?)?$/i.exec(
      text,
    );
  if (!form) return Number.NaN;
  const [, day, time = "00:00", , hours = "+00", minutes = "00"] = form;
  return Date.parse(`${day}T${time}${hours}:${minutes}`);
}
