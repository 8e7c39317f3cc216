import { minorDigits } from "@/lib/protocol/minor-digits";

export interface Price {
  readonly minor: number;
  /** ISO 4217. */
  readonly currency: string;
}

export interface PriceContext {
  /** ISO 4217, for a price that names none; null where it must. */
  readonly currency: string | null;
  /** The sign before the cents, where the feed says it once for all. */
  readonly decimal?: "." | "," | undefined;
}

/** In minor units: above twenty million of most things is a mistake, and it fits the database's integer. */
const MAX_MINOR = 2_000_000_000;

/** Digits behind the point of a computed price, such as a net price of 8.264463; they are rounded. */
const MAX_FRACTION_DIGITS = 6;

/** Each currency's own sign; of signs that several share, the first, unless the shop's own is another of them. */
const signs: Readonly<Record<string, readonly string[]>> = {
  "€": ["EUR"],
  "£": ["GBP"],
  $: ["USD", "CAD", "AUD", "NZD", "MXN", "SGD", "HKD", "ARS", "CLP", "COP"],
  "¥": ["JPY", "CNY"],
  "₹": ["INR"],
  "₺": ["TRY"],
  "₽": ["RUB"],
  "₩": ["KRW"],
  "₴": ["UAH"],
  zł: ["PLN"],
  Kč: ["CZK"],
  Ft: ["HUF"],
  lei: ["RON"],
  R$: ["BRL"],
};
const SIGN_PATTERN = "R\\$|€|£|\\$|¥|₹|₺|₽|₩|₴|zł|Kč|Ft|lei";
const FORM = new RegExp(
  `^(?:([A-Z]{3})|(${SIGN_PATTERN}))?\\s*(\\d[\\d.,'’ \\u00a0\\u202f]*?)\\s*(?:([A-Z]{3})|(${SIGN_PATTERN}))?$`,
  "i",
);

/** "1,299.00 USD", "1.299,00 €", "12,5": both decimal signs. Null for what is no price. */
export function parsePrice(text: string, context: PriceContext): Price | null {
  const [, codeBefore, signBefore, amount = "", codeAfter, signAfter] = FORM.exec(text.trim()) ?? [];
  if ((codeBefore ?? signBefore) && (codeAfter ?? signAfter)) return null;
  const code = (codeBefore ?? codeAfter)?.toUpperCase();
  const currency = code ?? currencyOf(signBefore ?? signAfter, context.currency);
  const digits = currency ? minorDigits(currency) : null;
  if (!currency || digits === null) return null;
  const parts = splitAmount(amount, digits, context.decimal);
  if (parts === null) return null;
  // Whole numbers all the way: 0.1 + 0.2 is no price.
  const kept = parts.fraction.slice(0, digits).padEnd(digits, "0");
  const roundUp = Number(parts.fraction[digits] ?? "0") >= 5 ? 1 : 0;
  const minor = Number(`${parts.whole}${kept}`) + roundUp;
  return minor <= MAX_MINOR ? { minor, currency } : null;
}

function currencyOf(sign: string | undefined, own: string | null): string | null {
  if (sign === undefined) return own;
  const named = Object.entries(signs).find(([each]) => each.toLowerCase() === sign.toLowerCase())?.[1] ?? [];
  return named.find((currency) => currency === own) ?? named[0] ?? null;
}

const MARKS = /[.,'’ \u00a0\u202f]/g;

function splitAmount(amount: string, digits: number, decimal: "." | "," | undefined) {
  const at = decimalAt(amount, digits, decimal);
  const grouped = at === null ? amount : amount.slice(0, at);
  const fraction = at === null ? "" : amount.slice(at + 1);
  if (!/^\d*$/.test(fraction) || fraction.length > MAX_FRACTION_DIGITS) return null;
  const marks = new Set(grouped.match(MARKS));
  // Groups of three, all by one sign.
  if (marks.size > 1 || !/^(?:\d+|\d{1,3}(?:\D\d{3})+)$/.test(grouped)) return null;
  if (at !== null && marks.has(amount.charAt(at))) return null;
  return { whole: grouped.replace(MARKS, ""), fraction };
}

/** Where the decimal sign stands; null without one. Three digits behind a lone sign are a group, unless cents have three. */
function decimalAt(amount: string, digits: number, decimal: "." | "," | undefined): number | null {
  const at = Math.max(amount.lastIndexOf("."), amount.lastIndexOf(","));
  if (at < 0) return null;
  const sign = amount.charAt(at);
  if (decimal !== undefined) return sign === decimal ? at : null;
  const head = amount.slice(0, at);
  if (head.includes(sign)) return null;
  const isGroup = amount.length - at - 1 === 3 && digits !== 3 && /^[1-9]\d{0,2}$/.test(head);
  return isGroup ? null : at;
}
