import { requireMember } from "@/lib/auth/require-member";
import { listEntries } from "@/lib/catalogue/imports/list-imports";
import { answer } from "@/lib/http/answer";
import { AppError } from "@/lib/protocol/errors";
import { importLists } from "@/lib/protocol/imports";
import { reasonWords } from "../../../../feed-words";
import { sendCsv, wordsFor } from "../../../../send-csv";

/** One list of an import's report as CSV. */
export async function GET(
  request: Request,
  context: { readonly params: Promise<{ readonly importId: string; readonly list: string }> },
): Promise<Response> {
  return answer(async () => {
    const { shopId } = await requireMember(request, "admin");
    const { importId, list: asked } = await context.params;
    const list = importLists.find((known) => known === asked);
    if (list === undefined) throw new AppError("not_found", "no such list");
    const t = wordsFor(request);
    const entries = await listEntries(shopId, importId, list, "all");
    return sendCsv(`import-${list}`, [
      [t("line"), t("article"), t("name"), t("reason")],
      ...entries.map(({ line, externalId, title, reasons }) => [
        line,
        externalId,
        title,
        reasons.map((reason) => reasonWords(t, reason)).join("; "),
      ]),
    ]);
  });
}
