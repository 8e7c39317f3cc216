import { requireMember } from "@/lib/auth/require-member";
import { listFailedPictures } from "@/lib/catalogue/pictures/picture-figures";
import { answer } from "@/lib/http/answer";
import { MAX_LISTED } from "@/lib/protocol/imports";
import { errorKey } from "../../feed-words";
import { sendCsv, wordsFor } from "../../send-csv";

/** Pictures that could not be had, as CSV; `source` names one source's. */
export async function GET(request: Request): Promise<Response> {
  return answer(async () => {
    const { shopId } = await requireMember(request, "admin");
    const t = wordsFor(request);
    const sourceId = new URL(request.url).searchParams.get("source") ?? undefined;
    const rows = await listFailedPictures({ shopId, sourceId }, 0, MAX_LISTED);
    return sendCsv("pictures", [
      [t("article"), t("name"), t("address"), t("reason")],
      ...rows.map(({ externalId, title, url, error, detail }) => [
        externalId,
        title,
        url,
        `${t(errorKey(error))} ${detail}`,
      ]),
    ]);
  });
}
