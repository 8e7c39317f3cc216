/** A passage as it stands in an address: seconds from the conversation's beginning, so that it means the same tomorrow. */

export interface Cut {
  /** Milliseconds from the conversation's beginning; negative before it. */
  readonly from: number;
  readonly to: number;
}

const S = 1_000;
/** No film is longer: ten years. What lies beyond is no passage of ours. */
const LONGEST_S = 315_360_000;

/** @returns "from=65&to=120.5" */
export function passageQuery({ from, to }: Cut): string {
  return `from=${seconds(from)}&to=${seconds(to)}`;
}

/** Of a passage that was kept: it opens for every member of the shop. */
export function keptQuery(passageId: string): string {
  return `passage=${passageId}`;
}

/** Null for anything that is no passage: the film begins at its beginning. */
export function readPassage(query: {
  readonly from?: string | string[] | undefined;
  readonly to?: string | string[] | undefined;
}): Cut | null {
  const from = read(query.from);
  const to = read(query.to);
  return from === null || to === null || from >= to ? null : { from, to };
}

/** Tenths of a second are as exact as anybody's ear. */
const seconds = (ms: number) => String(Math.round(ms / (S / 10)) / 10);

function read(value: string | string[] | undefined): number | null {
  if (typeof value !== "string" || !/^-?\d{1,9}(\.\d{1,3})?$/.test(value)) return null;
  const number = Number(value);
  return Math.abs(number) <= LONGEST_S ? Math.round(number * S) : null;
}
