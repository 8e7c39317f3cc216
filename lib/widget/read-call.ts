/** Arguments of `window.vetrina(...)`, written by strangers: read field by field, and a call that makes no sense is dropped. */

import type { FoundProduct } from "./find-product";
import { isRecord } from "./guard";

interface CartLine {
  readonly id: string;
  readonly quantity: number;
  readonly unitMinor: number;
}
export interface Cart {
  readonly currency: string;
  readonly lines: readonly CartLine[];
}
export interface Order extends Cart {
  readonly orderId: string;
  readonly totalMinor: number;
}

/** Limits of lib/protocol/events; longer input is cut here rather than refused there. */
const MAX_ID_CHARS = 200;
const MAX_LINES = 200;
const MAX_QUANTITY = 10_000;
const MAX_UNIT_MINOR = 1_000_000_000;

/** Cut before it is looked through: a page may hand over megabytes. */
const name = (value: unknown): string =>
  typeof value === "string" || typeof value === "number"
    ? `${value}`
        .slice(0, 2 * MAX_ID_CHARS)
        .trim()
        .slice(0, MAX_ID_CHARS)
    : "";

/** Decimals of a currency: 2 for EUR, 0 for JPY, 3 for KWD. */
function fractionDigits(currency: string): number {
  try {
    return (
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ??
      2
    );
  } catch {
    return 2;
  }
}

/** 12.9, "12.90" EUR to 1290; NaN when it is no amount. */
export function toMinor(amount: unknown, currency: string): number {
  const major =
    typeof amount === "number"
      ? amount
      : typeof amount === "string" && amount.trim()
        ? Number(amount)
        : Number.NaN;
  const minor = Math.round(major * 10 ** fractionDigits(currency));
  return minor >= 0 && minor <= MAX_UNIT_MINOR ? minor : Number.NaN;
}

export function toMajor(minor: number, currency: string): number {
  return minor / 10 ** fractionDigits(currency);
}

export function readCart(value: unknown): Cart | null {
  if (!isRecord(value)) return null;
  const currency = name(value.currency).toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency) || !Array.isArray(value.lines)) return null;
  const lines: CartLine[] = [];
  for (let i = 0; i < value.lines.length && lines.length < MAX_LINES; i++) {
    const line: unknown = value.lines[i];
    if (!isRecord(line)) continue;
    const id = name(line.id);
    const quantity = Math.round(Number(line.quantity ?? 1));
    const unitMinor = toMinor(line.price, currency);
    if (id && quantity >= 1 && quantity <= MAX_QUANTITY && unitMinor >= 0)
      lines[lines.length] = { id, quantity, unitMinor };
  }
  return { currency, lines };
}

export function readOrder(value: unknown): Order | null {
  const cart = readCart(value);
  if (!cart || !isRecord(value)) return null;
  const orderId = name(value.id);
  const totalMinor = toMinor(value.total, cart.currency);
  return orderId && totalMinor >= 0 ? { ...cart, orderId, totalMinor } : null;
}

export function readProduct(value: unknown): FoundProduct | null {
  if (!isRecord(value)) return null;
  const id = name(value.id);
  return id
    ? { id, title: name(value.title), image: typeof value.image === "string" ? value.image : "" }
    : null;
}

/** Limits of lib/protocol/events. */
const MAX_CONTEXT = 20;
const MAX_CONTEXT_NAME_CHARS = 60;
const MAX_CONTEXT_VALUE_CHARS = 200;

/** `{ "Loyalty": "gold", Visits: 12 }`: texts, numbers and yes or no; everything else is left out. */
export function readContext(value: unknown): { readonly name: string; readonly value: string }[] | null {
  if (!isRecord(value)) return null;
  const values: { name: string; value: string }[] = [];
  const names = Object.keys(value);
  for (let i = 0; i < names.length && values.length < MAX_CONTEXT; i++) {
    const key = names[i] ?? "";
    const told: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
    if (typeof told !== "string" && typeof told !== "number" && typeof told !== "boolean") continue;
    const label = key.slice(0, MAX_CONTEXT_NAME_CHARS).trim();
    if (label)
      values[values.length] = { name: label, value: `${told}`.slice(0, MAX_CONTEXT_VALUE_CHARS).trim() };
  }
  return values;
}

/** `{ product: "BAG-1" }` of `vetrina("open", ...)`; undefined when she asks about nothing in particular. */
export function readAsked(value: unknown): string | undefined {
  return isRecord(value) ? name(value.product) || undefined : undefined;
}
