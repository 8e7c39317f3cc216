/** What a report is asked: a shop, a span of its days, and filters. Kept in the page's address, so that it can be shared and gone back from. */
import * as z from "zod/mini";
import { channels } from "@/lib/protocol/channels";
import { memberIdSchema, productIdSchema, type ShopId, teamIdSchema } from "@/lib/protocol/ids";
import { isStorable } from "@/lib/protocol/storable";
import { isLocalDay, lastDays, localDay, type PresetDays, presetDays, type Range, wholeDays } from "./range";

export interface Question {
  readonly shopId: ShopId;
  readonly range: Range;
  readonly timeZone: string;
  readonly filters: Filters;
  /** Set when the range is one of those that end now; otherwise it holds whole days. */
  readonly preset?: PresetDays | undefined;
}

export const filterValues = {
  device: ["phone", "tablet", "desktop"],
  channel: channels,
  trigger: ["launcher", "product", "page"],
} as const;

/** Longest name of a category or language that is looked for. Characters. */
const MAX_TEXT = 300;
/** As long as pages tell them. */
const MAX_ADDRESS = 2_000;
const textOf = (most: number) =>
  z.string().check(z.minLength(1), z.maxLength(most), z.refine(isStorable, "holds what no database holds"));
const text = textOf(MAX_TEXT);
const address = textOf(MAX_ADDRESS);

/** One that makes no sense is none. */
const orNone = <T>(schema: z.ZodMiniType<T>) => z.catch(z.optional(schema), undefined);

const filtersSchema = z.object({
  memberId: orNone(memberIdSchema),
  /** Who accepted it: what people's figures count by, which is less than having taken part. */
  takenBy: orNone(memberIdSchema),
  /** In which its member was when she took it. */
  teamId: orNone(teamIdSchema),
  productId: orNone(productIdSchema),
  /** Of the catalogue, with everything under it: "Women" holds "Women > Dresses". */
  category: orNone(text),
  locale: orNone(text),
  device: orNone(z.enum(filterValues.device)),
  channel: orNone(z.enum(filterValues.channel)),
  trigger: orNone(z.enum(filterValues.trigger)),
  /** The page on which it began, without parameters. */
  startedOn: orNone(address),
});
const filterNames = [
  "memberId",
  "takenBy",
  "teamId",
  "productId",
  "category",
  "locale",
  "device",
  "channel",
  "trigger",
  "startedOn",
] as const;
export interface Filters {
  readonly memberId?: string | undefined;
  readonly takenBy?: string | undefined;
  readonly teamId?: string | undefined;
  readonly productId?: string | undefined;
  readonly category?: string | undefined;
  readonly locale?: string | undefined;
  readonly device?: (typeof filterValues.device)[number] | undefined;
  readonly channel?: (typeof filterValues.channel)[number] | undefined;
  readonly trigger?: (typeof filterValues.trigger)[number] | undefined;
  readonly startedOn?: string | undefined;
}

type Parameters = URLSearchParams | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Anything that makes no sense falls back: a range to the last 30 days, a filter to none. */
export function parseQuestion(
  parameters: Parameters,
  shop: { readonly shopId: ShopId; readonly timeZone: string },
  now: Date,
): Question {
  const named = (name: string) => singleValue(parameters, name);
  const { shopId, timeZone } = shop;
  const [from, to] = [named("from"), named("to")];
  const filters = filtersSchema.parse(Object.fromEntries(filterNames.map((name) => [name, named(name)])));
  if (from !== undefined && to !== undefined && isLocalDay(from) && isLocalDay(to) && from <= to) {
    return { shopId, timeZone, filters, range: wholeDays(from, to, timeZone) };
  }
  const preset = presetDays.find((days) => String(days) === named("days")) ?? 30;
  return { shopId, timeZone, filters, preset, range: lastDays(preset, timeZone, now) };
}

/** Back to the address, for links that keep the question. */
export function questionQuery({ range, timeZone, preset, filters }: Question): Record<string, string> {
  const span: Record<string, string> =
    preset === undefined
      ? { from: localDay(range.from, timeZone), to: localDay(new Date(range.to.getTime() - 1), timeZone) }
      : { days: String(preset) };
  return { ...span, ...filterQuery(filters) };
}

/** The filters alone, for forms that ask for other days. */
export function filterQuery(filters: Filters): Record<string, string> {
  const chosen = filterNames.map((name) => [name, filters[name]] as const);
  return Object.fromEntries(chosen.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** One value a name: of a repeated one the first. */
export function singleValue(parameters: Parameters, name: string): string | undefined {
  if (parameters instanceof URLSearchParams) return parameters.get(name) ?? undefined;
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return typeof value === "string" || value === undefined ? value : value[0];
}
