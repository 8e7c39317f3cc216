/** The span of time a report covers: half-open, from inclusive, to exclusive. */
export interface Range {
  readonly from: Date;
  readonly to: Date;
}

/** What the range picker chose; kept in the page's address. */
export type RangeChoice =
  | { readonly kind: "preset"; readonly days: PresetDays }
  | { readonly kind: "custom"; readonly from: string; readonly to: string };

export const presetDays = [7, 30, 90] as const;
type PresetDays = (typeof presetDays)[number];

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Longest custom range: a year and a day. Days. */
const MAX_RANGE_DAYS = 366;

/** Search parameters to a choice; anything that makes no sense becomes the last 30 days. */
export function parseRangeChoice(parameters: Readonly<Record<string, string | undefined>>): RangeChoice {
  const { from, to } = parameters;
  if (from !== undefined && to !== undefined) {
    const first = dayStartMs(from);
    const last = dayStartMs(to);
    if (first !== null && last !== null && first <= last && last - first < MAX_RANGE_DAYS * DAY_MS) {
      return { kind: "custom", from, to };
    }
  }
  const days = presetDays.find((preset) => String(preset) === parameters.days);
  return { kind: "preset", days: days ?? 30 };
}

/** Presets end now; a custom range holds whole days in UTC, its last day included. */
export function rangeOf(choice: RangeChoice, now: Date): Range {
  if (choice.kind === "preset") return { from: new Date(now.getTime() - choice.days * DAY_MS), to: now };
  const first = dayStartMs(choice.from) ?? now.getTime();
  const last = dayStartMs(choice.to) ?? now.getTime();
  return { from: new Date(first), to: new Date(last + DAY_MS) };
}

/** Back to search parameters, for links that keep the range. */
export function rangeQuery(choice: RangeChoice): Record<string, string> {
  return choice.kind === "preset" ? { days: String(choice.days) } : { from: choice.from, to: choice.to };
}

function dayStartMs(day: string): number | null {
  if (!/^20\d\d-\d\d-\d\d$/.test(day)) return null;
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day ? null : ms;
}
