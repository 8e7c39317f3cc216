import Link from "next/link";
import { notFound } from "next/navigation";
import { ENTRIES_A_PAGE, getImport, listEntries } from "@/lib/catalogue/imports/list-imports";
import { loadPictureFigures } from "@/lib/catalogue/pictures/picture-figures";
import { AppError } from "@/lib/protocol/errors";
import { type ImportFigures, type ImportList, importLists, isOver, MAX_LISTED } from "@/lib/protocol/imports";
import { LocalTime } from "@/lib/ui/insights/local-time";
import shared from "../../../settings.module.css";
import styles from "../../catalogue.module.css";
import { openCataloguePage } from "../../catalogue-frame";
import { EntryList } from "../../entry-list";
import { Figures } from "../../figures";
import { ImportState } from "../../import-state";
import { Live } from "../../live";
import { PictureFacts } from "../../picture-facts";
import { StateTag } from "../../state-tag";
import { waitingFor } from "../../waiting-for";

/** One import: how far it is, what it asks, and what it did. */
export default async function ImportPage(props: {
  readonly params: Promise<{ readonly importId: string }>;
  readonly searchParams: Promise<{ readonly list?: string; readonly page?: string }>;
}) {
  const { importId } = await props.params;
  const asked = await props.searchParams;
  const { shop, locale, t, frame } = await openCataloguePage(`/settings/catalogue/imports/${importId}`);
  const shown = await getImport(shop.shopId, importId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  const { state, figures } = shown;
  const list = importLists.find((known) => known === asked.list) ?? (figures && firstList(figures));
  const total = figures && list ? Math.min(countOf(figures, list), MAX_LISTED) : 0;
  const pages = Math.max(1, Math.ceil(total / ENTRIES_A_PAGE));
  const page = Math.min(pages - 1, Math.max(0, Math.floor(Number(asked.page) || 0)));
  const [entries, pictures] = await Promise.all([
    list ? listEntries(shop.shopId, importId, list, page) : [],
    loadPictureFigures({ shopId: shop.shopId, sourceId: shown.sourceId }),
  ]);
  const hasReport = figures !== null && (state === "done" || state === "asking" || state === "kept");
  return frame(
    <>
      <Live of={waitingFor(!isOver(state), state === "done" ? pictures.waiting : 0)} />
      <p className={styles.crumb}>
        <Link href="/settings/catalogue">{t("back")}</Link>
      </p>
      <section className={styles.wide} aria-labelledby="import-title">
        <div className={shared.about}>
          <h2 id="import-title">
            <Link href={`/settings/catalogue/sources/${shown.sourceId}`}>{shown.sourceName}</Link>
            <StateTag state={state} t={t} />
          </h2>
          <p>
            <LocalTime ms={Date.parse(shown.createdAt)} locale={locale} /> ·{" "}
            {shown.startedBy === "" ? t("bySchedule") : shown.startedBy}
          </p>
        </div>
        <div className={shared.card}>
          <ImportState shown={shown} locale={locale} t={t} />
          {hasReport && <Figures figures={figures} locale={locale} t={t} />}
        </div>
        {hasReport && list && (
          <EntryList
            importId={importId}
            list={list}
            counts={importLists.map((known) => ({ list: known, count: countOf(figures, known) }))}
            entries={entries}
            page={page}
            pages={pages}
            locale={locale}
            t={t}
          />
        )}
      </section>
      {state === "done" && <PictureFacts figures={pictures} sourceId={shown.sourceId} t={t} />}
    </>,
  );
}

/** What most wants to be looked at. */
function firstList(figures: ImportFigures): ImportList {
  return importLists.find((list) => countOf(figures, list) > 0) ?? "rejected";
}

function countOf({ rejected, incomplete, products }: ImportFigures, list: ImportList): number {
  if (list === "rejected") return rejected;
  return list === "incomplete" ? incomplete : products[list];
}
