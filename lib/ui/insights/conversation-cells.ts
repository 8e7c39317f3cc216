/** One row of a spreadsheet for each conversation; amounts in a column for each currency, in the currency's own unit. */
import type { ConversationRecord } from "@/lib/insights/conversation-record";
import type { Cell } from "@/lib/insights/csv";
import type { ClaimedMoney } from "@/lib/insights/money";
import { majorOf } from "./format";

const plain = [
  "id",
  "customer",
  "agent",
  "team",
  "status",
  "startedAt",
  "endedAt",
  "device",
  "channel",
  "trigger",
  "language",
  "answered",
  "firstAnswerSeconds",
  "waitSeconds",
  "talkSeconds",
  "replies",
  "replyMeanSeconds",
  "replyMaxSeconds",
  "firstProductSeconds",
  "products",
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
/** An amount, and the part of it that only browsers claim. */
const parts = [
  ["minor", ""],
  ["claimed", "_claimed"],
] as const;

/** The same in every language, and the names of the API: files are read by programs, too. */
export function conversationHead(currencies: readonly string[]): Cell[] {
  return [
    ...plain,
    ...columns(currencies).map(({ name, currency, ending }) => `${name}_${currency}${ending}`),
  ];
}

export function conversationCells(record: ConversationRecord, currencies: readonly string[]): Cell[] {
  return [
    ...plain.map((name) => cellOf(record[name])),
    ...columns(currencies).map(({ name, currency, part }) => amountIn(record[name], currency, part)),
  ];
}

function columns(currencies: readonly string[]) {
  return parts.flatMap(([part, ending]) =>
    amounts.flatMap((name) => currencies.map((currency) => ({ name, currency, part, ending }))),
  );
}

function cellOf(value: string | number | boolean | null): Cell {
  return typeof value === "boolean" ? Number(value) : value;
}

function amountIn(money: ClaimedMoney, currency: string, part: "minor" | "claimed"): Cell {
  const amount = money.find((one) => one.currency === currency);
  return amount === undefined ? null : majorOf(amount[part], currency);
}
