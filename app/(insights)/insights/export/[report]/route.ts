/** Reports as files: /insights/export/conversations and the others, with what the page is asked, as `format` csv or json. */
import { tableReports } from "@/app/(insights)/table-reports";
import { requireMember } from "@/lib/auth/require-member";
import { answer } from "@/lib/http/answer";
import { streamText } from "@/lib/http/stream-text";
import { conversationRecord } from "@/lib/insights/conversation-record";
import { CSV_START, csvLines, writeCsv } from "@/lib/insights/csv";
import { parseQuestion, type Question } from "@/lib/insights/question";
import { localDay } from "@/lib/insights/range";
import { readConversationRows } from "@/lib/insights/reports/conversation-rows";
import { type ConversationState, parseState } from "@/lib/insights/reports/conversation-states";
import { loadShopCurrencies } from "@/lib/insights/reports/shop-currencies";
import { requireCounted } from "@/lib/insights/rollups/behind";
import { AppError } from "@/lib/protocol/errors";
import { findShop } from "@/lib/shops/find-shop";
import { conversationCells, conversationHead } from "@/lib/ui/insights/conversation-cells";
import { localeOf } from "@/lib/ui/messages/request-locale";

type Format = "csv" | "json";
/** JSON of conversations is one a line: what reads it needs no more memory than what writes it. */
const types = {
  csv: ["csv", "text/csv"],
  json: ["json", "application/json"],
  lines: ["jsonl", "application/x-ndjson"],
} as const;

export async function GET(
  request: Request,
  context: { readonly params: Promise<{ readonly report: string }> },
) {
  return answer(async () => {
    const { shopId } = await requireMember(request, "manager");
    await requireCounted(shopId);
    const { report } = await context.params;
    const search = new URL(request.url).searchParams;
    const timeZone = (await findShop(shopId))?.timeZone ?? "UTC";
    const question = parseQuestion(search, { shopId, timeZone }, new Date());
    const format: Format = search.get("format") === "json" ? "json" : "csv";
    if (report === "conversations") {
      const pieces = conversationPieces(question, parseState(search.get("state") ?? undefined), format);
      return fileOf(report, question, format === "csv" ? "csv" : "lines", streamText(pieces));
    }
    const load = tableReports.get(report);
    if (load === undefined) throw new AppError("not_found", "no such report");
    const { head, rows, whole } = await load(question, localeOf(request.headers), search);
    const text = format === "csv" ? writeCsv([head, ...rows]) : JSON.stringify(whole);
    return fileOf(report, question, format, text);
  });
}

async function* conversationPieces(
  question: Question,
  state: ConversationState,
  format: Format,
): AsyncGenerator<string> {
  const currencies = await loadShopCurrencies(question.shopId);
  if (format === "csv") yield CSV_START + csvLines([conversationHead(currencies)]);
  for await (const rows of readConversationRows(question, state)) {
    const records = rows.map(conversationRecord);
    yield format === "csv"
      ? csvLines(records.map((record) => conversationCells(record, currencies)))
      : records.map((record) => `${JSON.stringify(record)}\n`).join("");
  }
}

function fileOf(
  report: string,
  { range, timeZone }: Question,
  type: keyof typeof types,
  body: string | ReadableStream<Uint8Array>,
): Response {
  const [ending, mime] = types[type];
  const days = [range.from, new Date(range.to.getTime() - 1)].map((day) => localDay(day, timeZone));
  return new Response(body, {
    headers: {
      "content-type": `${mime}; charset=utf-8`,
      "content-disposition": `attachment; filename="vetrina-${report}-${days.join("-to-")}.${ending}"`,
      "cache-control": "private, no-store",
    },
  });
}
