/**
 * Nine digits that somebody reads out on the phone: the last one checks the others, by Damm's table. One wrong digit, or two
 * neighbours in the wrong order, never make another code.
 */

/** Digits without the last one. */
const RANDOM_DIGITS = 8;
export const SPOKEN_CODES = 10 ** RANDOM_DIGITS;
/** Milliseconds that a code is valid: long enough for a slow line and a second try. */
export const SPOKEN_CODE_MS = 600_000;

/** H. Michael Damm, "Total anti-symmetrische Quasigruppen", 2004: row by what was read so far, column by the next digit. */
const TABLE = [
  "0317598642",
  "7092154863",
  "4206871359",
  "1750983426",
  "6123045978",
  "3674209581",
  "5869720134",
  "8945362017",
  "9438617205",
  "2581436790",
] as const;

const check = (digits: string): string =>
  [...digits].reduce((row, digit) => TABLE[Number(row)]?.[Number(digit)] ?? "0", "0");

/** @param number from 0 to below SPOKEN_CODES */
export function spokenCodeOf(number: number): string {
  const digits = String(number).padStart(RANDOM_DIGITS, "0");
  return digits + check(digits);
}

/** What somebody typed after hearing it, with whatever stands between the digits. Null for what is no code. */
export function readSpokenCode(text: string): string | null {
  const digits = text.replace(/[\s.\-–/]/g, "");
  return /^\d{9}$/.test(digits) && check(digits) === "0" ? digits : null;
}

/** In threes, as one says it. */
export const inThrees = (code: string): string => code.replace(/(\d{3})(?=\d)/g, "$1 ");
