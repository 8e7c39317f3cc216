/** The edge at which a stranger's answer becomes a value of ours: parsed, bounded, or refused with the field's name. */
import { z } from "zod";
import { isStorable } from "@/lib/protocol/storable";
import { plainText } from "../feed/plain-text";
import { ConnectionProblem } from "./connection-problem";
import { decimalToMinor } from "./money";

/** Characters. Longer ids are mistakes; titles and descriptions are cut. */
const MAX_ID_CHARS = 200;
const MAX_TITLE_CHARS = 500;
const MAX_DESCRIPTION_CHARS = 20_000;
const MAX_ADDRESS_CHARS = 2_000;

/** A shop's id, written as a number by some platforms and as a text by others. */
export const idSchema = z
  .union([z.string(), z.number().int()])
  .transform(String)
  .pipe(z.string().min(1).max(MAX_ID_CHARS).refine(isStorable));
/** A text that may be missing, null, or (PrestaShop) false; without markup, cut. */
export const titleSchema = loose(MAX_TITLE_CHARS);
export const descriptionSchema = loose(MAX_DESCRIPTION_CHARS);
/** An http(s) address, or "" for everything else that may stand there. */
export const addressSchema = z.unknown().transform(webAddress);
/** A moment as ISO 8601 says it, or as databases do ("2026-11-22 14:02:03"), in UTC unless it names a zone. */
export const momentSchema = z
  .string()
  .transform((text) => {
    const iso = text.trim().replace(" ", "T");
    return new Date(/(Z|[+-]\d\d:?\d\d)$/.test(iso) || !iso.includes("T") ? iso : `${iso}Z`);
  })
  .pipe(z.date());
export const amountSchema = z.union([z.string().max(MAX_ID_CHARS), z.number()]);

function loose(chars: number) {
  return z.unknown().transform((value) => shortText(value, chars));
}

/** Words without markup, at most so many characters, in whole characters. */
export function shortText(value: unknown, chars: number): string {
  if (typeof value !== "string" && typeof value !== "number") return "";
  return plainText(String(value))
    .replaceAll("\0", "")
    .slice(0, chars)
    .replace(/[\ud800-\udbff]$/, "");
}

/** A protocol-relative address is taken as https; what is neither http nor https is "". */
export function webAddress(value: unknown): string {
  if (typeof value !== "string" || value.length > MAX_ADDRESS_CHARS) return "";
  const full = value.startsWith("//") ? `https:${value}` : value;
  if (!URL.canParse(full)) return "";
  const url = new URL(full);
  return /^https?:$/.test(url.protocol) && url.username === "" ? url.href : "";
}

/** @throws ConnectionProblem shape, naming the first field that does not fit */
export function readShape<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = [what, ...(issue?.path ?? []).map(String)].join(".");
  throw new ConnectionProblem("shape", `${where}: ${issue?.message ?? "wrong shape"}`);
}

/** @throws ConnectionProblem shape */
export function readJsonText(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConnectionProblem("shape", `${what}: not JSON`, { cause });
  }
}

/** An order's total. @throws ConnectionProblem shape */
export function orderAmount(
  amount: string | number,
  currency: string,
): { readonly currency: string; readonly totalMinor: number } {
  // Of many pieces, in rupiah: more than the price of anything.
  const totalMinor = decimalToMinor(amount, currency, Number.MAX_SAFE_INTEGER);
  if (totalMinor === null) throw new ConnectionProblem("shape", "orders.total: no amount of its currency");
  return { currency, totalMinor };
}
