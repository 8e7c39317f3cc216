/** Prices as platforms write them, in minor units: decimal arithmetic on digits, never on binary fractions. */
import { minorDigits } from "@/lib/protocol/minor-digits";

/** In minor units: above it lies no price, and the database's integer ends. */
const MAX_PRICE = 2_000_000_000;
/** Digits of a number that is still a price; more are a mistake. */
const MAX_DIGITS = 30;

/**
 * "23.900000" or 29.99 in minor units; what lies beyond them is rounded half up, as taxes make it. Null for what is no
 * amount, is negative, lies above `most`, or is written in a currency that is not in use.
 */
export function decimalToMinor(
  amount: string | number,
  currency: string,
  most: number = MAX_PRICE,
): number | null {
  const text = String(amount).trim();
  const [, whole, fraction = ""] = /^(\d+)(?:\.(\d*))?$/.exec(text) ?? [];
  const digits = minorDigits(currency);
  if (whole === undefined || digits === null || text.length > MAX_DIGITS) return null;
  const padded = fraction.padEnd(digits + 1, "0");
  const exact = BigInt(whole + padded.slice(0, digits));
  const minor = padded.charAt(digits) >= "5" ? exact + 1n : exact;
  return minor <= BigInt(most) ? Number(minor) : null;
}

/**
 * "1.299,00 €", "$1,299.00" or "1 299 kr" in minor units of a known currency: the last sign with as many digits after it
 * as the currency has, or fewer, is the decimal one. Null for anything that can be read in two ways or in none.
 */
export function formattedToMinor(formatted: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const [number, ...others] = formatted.match(/\d(?:[\d.,'’\s\u00a0\u202f]*\d)?/g) ?? [];
  if (digits === null || number === undefined || others.length > 0 || /[-−]\s*\d/.test(formatted))
    return null;
  const compact = number.replace(/['’\s\u00a0\u202f]/g, "");
  const last = Math.max(compact.lastIndexOf("."), compact.lastIndexOf(","));
  const after = last === -1 ? 0 : compact.length - last - 1;
  const decimal = last !== -1 && after <= digits;
  const whole = decimal ? compact.slice(0, last) : compact;
  // What groups thousands stands before three digits each time, and is one sign.
  const grouped = /^\d+$|^\d{1,3}(?:\.\d{3})+$|^\d{1,3}(?:,\d{3})+$/.test(whole);
  const twice = decimal && whole.includes(compact.charAt(last));
  if (!grouped || twice) return null;
  return decimalToMinor(`${whole.replace(/[.,]/g, "")}.${decimal ? compact.slice(last + 1) : ""}`, currency);
}

/** 2990 of EUR as "29.90", the way platforms read amounts. */
export function minorToDecimal(minor: number, currency: string): string {
  const digits = minorDigits(currency) ?? 0;
  const padded = String(minor).padStart(digits + 1, "0");
  return digits === 0 ? padded : `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}
