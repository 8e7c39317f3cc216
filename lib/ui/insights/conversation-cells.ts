/** One row of a spreadsheet for each conversation; amounts in a column for each currency, in the currency's own unit. */
import type { ConversationRecord } from "@/lib/insights/conversation-record";
import type { Cell } from "@/lib/insights/csv";
import type { Money } from "@/lib/insights/money";
import { majorOf } from "./format";

const plain = [
  "id",
  "customer",
  "agent",
  "status",
  "startedAt",
  "endedAt",
  "device",
  "trigger",
  "language",
  "answered",
  "firstAnswerSeconds",
  "waitSeconds",
  "talkSeconds",
  "firstProductSeconds",
  "seen",
  "shown",
  "drawnOn",
  "marks",
  "compared",
  "recommended",
  "recommendationsBought",
  "inCart",
  "bought",
  "orders",
  "pieces",
  "score",
] as const satisfies readonly (keyof ConversationRecord)[];
const amounts = ["value", "influenced"] as const satisfies readonly (keyof ConversationRecord)[];

/** The same in every language, and the names of the API: files are read by programs, too. */
export function conversationHead(currencies: readonly string[]): Cell[] {
  return [...plain, ...amounts.flatMap((name) => currencies.map((currency) => `${name}_${currency}`))];
}

export function conversationCells(record: ConversationRecord, currencies: readonly string[]): Cell[] {
  return [
    ...plain.map((name) => cellOf(record[name])),
    ...amounts.flatMap((name) => currencies.map((currency) => amountIn(record[name], currency))),
  ];
}

function cellOf(value: string | number | boolean | null): Cell {
  return typeof value === "boolean" ? Number(value) : value;
}

function amountIn(money: Money, currency: string): Cell {
  const part = money.find((one) => one.currency === currency);
  return part === undefined ? null : majorOf(part.minor, currency);
}
