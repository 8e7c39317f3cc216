/** Reports as files: /insights/export/conversations and the others, with what the page is asked, as `format` csv or json. */
import { singleReports, type TableReport, tableReports } from "@/app/(insights)/table-reports";
import { requireMember } from "@/lib/auth/require-member";
import { answer } from "@/lib/http/answer";
import { streamText } from "@/lib/http/stream-text";
import { conversationRecord } from "@/lib/insights/conversation-record";
import { CSV_START, csvLines, writeCsv } from "@/lib/insights/csv";
import { parseQuestion, type Question } from "@/lib/insights/question";
import { localDay } from "@/lib/insights/range";
import { readConversationRows } from "@/lib/insights/reports/conversation-rows";
import { type ConversationState, parseState } from "@/lib/insights/reports/conversation-states";
import { findJourney, type Journey } from "@/lib/insights/reports/journey";
import { loadShopCurrencies } from "@/lib/insights/reports/shop-currencies";
import { parseVisitState, type VisitState } from "@/lib/insights/reports/visit-days";
import { readVisitRows } from "@/lib/insights/reports/visit-rows";
import { requireCounted } from "@/lib/insights/rollups/behind";
import { AppError } from "@/lib/protocol/errors";
import { conversationIdSchema, type ShopId } from "@/lib/protocol/ids";
import { findShop } from "@/lib/shops/find-shop";
import { conversationCells, conversationHead } from "@/lib/ui/insights/conversation-cells";
import { journeyFile } from "@/lib/ui/insights/journey-file";
import { visitCells, visitHead } from "@/lib/ui/insights/visits-file";
import { localeOf } from "@/lib/ui/messages/request-locale";

type Format = "csv" | "json";
/** JSON of conversations and visits is one a line: what reads it needs no more memory than what writes it. */
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
    const name = `${report}-${daysOf(question)}`;
    if (report === "conversations") {
      const pieces = conversationPieces(question, parseState(search.get("state") ?? undefined), format);
      return fileOf(name, format === "csv" ? "csv" : "lines", streamText(pieces));
    }
    if (report === "visits") {
      const pieces = visitPieces(question, parseVisitState(search.get("state") ?? undefined), format);
      return fileOf(name, format === "csv" ? "csv" : "lines", streamText(pieces));
    }
    if (report === "journey") {
      const journey = await getJourney(shopId, search.get("conversation"));
      return tableOf(`${report}-${journey.conversationId}`, format, journeyFile(journey));
    }
    const load = tableReports.get(report) ?? singleReports.get(report);
    if (load === undefined) throw new AppError("not_found", "no such report");
    return tableOf(name, format, await load(question, localeOf(request.headers), search));
  });
}

/** @throws AppError bad_request for what is no id, not_found for a conversation that the shop does not have */
async function getJourney(shopId: ShopId, asked: string | null): Promise<Journey> {
  const conversationId = conversationIdSchema.safeParse(asked);
  if (!conversationId.success) throw new AppError("bad_request", "conversation: which one");
  const journey = await findJourney({ shopId, conversationId: conversationId.data });
  if (journey === null) throw new AppError("not_found", "no such conversation");
  return journey;
}

function tableOf(name: string, format: Format, { head, rows, whole }: TableReport): Response {
  return fileOf(name, format, format === "csv" ? writeCsv([head, ...rows]) : JSON.stringify(whole));
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

async function* visitPieces(question: Question, state: VisitState, format: Format): AsyncGenerator<string> {
  if (format === "csv") yield CSV_START + csvLines([visitHead]);
  for await (const rows of readVisitRows(question, state)) {
    yield format === "csv"
      ? csvLines(rows.map(visitCells))
      : rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  }
}

function daysOf({ range, timeZone }: Question): string {
  return [range.from, new Date(range.to.getTime() - 1)].map((day) => localDay(day, timeZone)).join("-to-");
}

function fileOf(name: string, type: keyof typeof types, body: string | ReadableStream<Uint8Array>): Response {
  const [ending, mime] = types[type];
  return new Response(body, {
    headers: {
      "content-type": `${mime}; charset=utf-8`,
      "content-disposition": `attachment; filename="vetrina-${name}.${ending}"`,
      "cache-control": "private, no-store",
    },
  });
}
