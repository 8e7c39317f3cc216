import { MAX_AMOUNT_MINOR } from "@/lib/protocol/api/order-report";
import { AppError } from "@/lib/protocol/errors";
import { minorDigits } from "@/lib/protocol/minor-digits";

/** Digits of a number that is still an amount; more are a mistake, and cost time. */
const MAX_DIGITS = 30;

/**
 * "12.5" in minor units, exactly: decimal arithmetic on digits, never on binary fractions. What lies beyond the
 * currency's digits is rounded half away from zero. @throws AppError bad_request for what is no amount, or no currency
 */
export function toMinor(amount: string, currency: string): bigint {
  const [, sign, whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(amount.trim()) ?? [];
  const digits = minorDigits(currency);
  if (digits === null) throw new AppError("bad_request", `"${currency.slice(0, 10)}" is no currency in use`);
  if (whole === "" || whole.length + fraction.length > MAX_DIGITS) {
    throw new AppError("bad_request", `"${amount.slice(0, 40)}" is no amount`);
  }
  const padded = fraction.padEnd(digits + 1, "0");
  const exact = BigInt(whole + padded.slice(0, digits));
  const minor = padded.charAt(digits) >= "5" ? exact + 1n : exact;
  return sign === "-" ? -requireAmount(minor) : requireAmount(minor);
}

/** @throws AppError bad_request for more than any order costs */
export function requireAmount(minor: bigint): bigint {
  if (minor > BigInt(MAX_AMOUNT_MINOR)) {
    throw new AppError("bad_request", `${minor} minor units are more than any order costs`);
  }
  return minor;
}

/** `part` of `whole` of an amount, rounded half up. `whole` is above 0. */
export function shareOf(minor: bigint, part: bigint, whole: bigint): bigint {
  return (2n * minor * part + whole) / (2n * whole);
}

export const atMost = (minor: bigint, most: bigint): bigint => (minor < most ? minor : most);
export const atLeastZero = (minor: bigint): bigint => (minor < 0n ? 0n : minor);
