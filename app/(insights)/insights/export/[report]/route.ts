/** The reports as files: /insights/export/recommendations and /insights/export/conversations, with the page's range. */
import { requireMember } from "@/lib/auth/require-member";
import { answer } from "@/lib/http/answer";
import { writeCsv } from "@/lib/insights/csv";
import { parseRangeChoice, rangeOf } from "@/lib/insights/range";
import { loadBoughtRecommendations } from "@/lib/insights/reports/bought-recommendations";
import { listJourneys } from "@/lib/insights/reports/journeys";
import { AppError } from "@/lib/protocol/errors";
import { conversationCells, recommendationCells } from "@/lib/ui/insights/csv-reports";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { requestLocale } from "@/lib/ui/messages/request-locale";

/** Conversations in one file; a year of a big shop fits into the memory of one request. */
const MAX_EXPORT_ROWS = 20_000;

export async function GET(
  request: Request,
  context: { readonly params: Promise<{ readonly report: string }> },
) {
  return answer(async () => {
    const { shopId } = await requireMember(request, "manager");
    const { report } = await context.params;
    const t = translator(insightsMessages, await requestLocale());
    const search = new URL(request.url).searchParams;
    const range = rangeOf(parseRangeChoice(Object.fromEntries(search)), new Date());
    switch (report) {
      case "recommendations": {
        const bought = await loadBoughtRecommendations({ shopId, range });
        return csvFile(report, writeCsv(recommendationCells(bought, t)));
      }
      case "conversations": {
        const { rows } = await listJourneys({ shopId, range, limit: MAX_EXPORT_ROWS, offset: 0 });
        return csvFile(report, writeCsv(conversationCells(rows, t)));
      }
      default:
        throw new AppError("not_found", "no such report");
    }
  });
}

function csvFile(name: string, text: string): Response {
  return new Response(text, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="vetrina-${name}.csv"`,
      "cache-control": "private, no-store",
    },
  });
}
