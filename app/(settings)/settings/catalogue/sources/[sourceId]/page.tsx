import Link from "next/link";
import { notFound } from "next/navigation";
import { listImports } from "@/lib/catalogue/imports/list-imports";
import { getSource } from "@/lib/catalogue/imports/source";
import { AppError } from "@/lib/protocol/errors";
import { isOver } from "@/lib/protocol/imports";
import { timeZones } from "@/lib/shops/time-zones";
import { Button, buttonClass } from "@/lib/ui/controls/button";
import shared from "../../../settings.module.css";
import styles from "../../catalogue.module.css";
import { importNow } from "../../catalogue-actions";
import { openCataloguePage } from "../../catalogue-frame";
import { ForgetSource } from "../../forget-source";
import { ImportRows } from "../../import-rows";
import { Live } from "../../live";
import { NewerFile } from "../../newer-file";
import { ScheduleForm } from "../../schedule-form";
import { waitingFor } from "../../waiting-for";

/** One source: when it is read, how it is read, what its imports did, and how to be rid of it. */
export default async function SourcePage(props: { readonly params: Promise<{ readonly sourceId: string }> }) {
  const { sourceId } = await props.params;
  const { shop, locale, t, frame } = await openCataloguePage(`/settings/catalogue/sources/${sourceId}`);
  const source = await getSource(shop.shopId, sourceId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  const imports = await listImports(shop.shopId, { sourceId });
  return frame(
    <>
      <Live
        of={waitingFor(
          imports.some(({ state }) => !isOver(state)),
          0,
        )}
      />
      <p className={styles.crumb}>
        <Link href="/settings/catalogue">{t("back")}</Link>
      </p>
      <section className={shared.section} aria-labelledby="source-title">
        <div className={shared.about}>
          <h2 id="source-title">{source.name}</h2>
          <p className={shared.help}>{source.url}</p>
        </div>
        <div className={shared.card}>
          {source.kind === "address" ? (
            <ScheduleForm
              sourceId={sourceId}
              schedule={source.schedule}
              timeZone={shop.timeZone}
              timeZones={timeZones}
            />
          ) : (
            <NewerFile sourceId={sourceId} />
          )}
          <div className={`${shared.foot} ${styles.bar}`}>
            {source.kind === "address" && (
              <form action={importNow}>
                <input type="hidden" name="sourceId" value={sourceId} />
                <Button type="submit" data-testid="import-now">
                  {t("importNow")}
                </Button>
              </form>
            )}
            <Link className={buttonClass("quiet")} href={`/settings/catalogue/sources/${sourceId}/reading`}>
              {t("readingChange")}
            </Link>
          </div>
        </div>
      </section>
      <section className={shared.section} aria-labelledby="history-title">
        <div className={shared.about}>
          <h2 id="history-title">{t("history")}</h2>
          <p>{t("historyText")}</p>
        </div>
        <ImportRows imports={imports} locale={locale} t={t} />
      </section>
      <ForgetSource sourceId={sourceId} name={source.name} />
    </>,
  );
}
