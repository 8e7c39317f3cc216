import ArrowLeft from "lucide-react/icons/arrow-left";
import ExternalLink from "lucide-react/icons/external-link";
import { notFound } from "next/navigation";
import { openReport, type SearchParams } from "@/app/(insights)/open-report";
import { fileHref, pairHrefs, partHref, reportHref } from "@/app/(insights)/parts";
import { ReportPage } from "@/app/(insights)/report-page";
import { loadListPage } from "@/lib/insights/list-page";
import { singleValue } from "@/lib/insights/question";
import { findProductPictures } from "@/lib/insights/reports/find-product-pictures";
import { loadHeat } from "@/lib/insights/reports/heat";
import { loadPairs, MIN_SUPPORT, pairKinds } from "@/lib/insights/reports/pairs";
import { listProductConversations } from "@/lib/insights/reports/product-conversations";
import { loadProducts } from "@/lib/insights/reports/products";
import { withoutProducts } from "@/lib/insights/without-products";
import { productIdSchema } from "@/lib/protocol/ids";
import { loadReportSettings } from "@/lib/shops/report-settings";
import { NotAllowed } from "@/lib/ui/insights/not-allowed";
import { BehindPart } from "@/lib/ui/insights/products/behind-part";
import { HeatPart } from "@/lib/ui/insights/products/heat-part";
import { OnlyThis } from "@/lib/ui/insights/products/only-this";
import { PairPart } from "@/lib/ui/insights/products/pair-part";
import { ProductFigures } from "@/lib/ui/insights/products/product-figures";
import styles from "@/lib/ui/insights/products/products.module.css";
import { productsWords } from "@/lib/ui/insights/products/words";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import { heatPictures } from "./heat-pictures";
import { parseShownHeat, type ShownHeat, shownHeatQuery } from "./shown-heat";

/** Conversations on one page of the list. */
const PAGE_ROWS = 25;

export async function generateMetadata() {
  return { title: `${productsWords(await requestLocale())("title")} · Vetrina` };
}

export default async function ProductPage(props: {
  readonly params: Promise<{ readonly productId: string }>;
  readonly searchParams: Promise<SearchParams>;
}) {
  const productId = productIdSchema.safeParse((await props.params).productId);
  if (!productId.success) notFound();
  const id = productId.data;
  const path = `/insights/products/${id}`;
  const parameters = await props.searchParams;
  const entered = await openReport(path, parameters);
  if (!entered) return <NotAllowed t={translator(insightsMessages, await requestLocale())} />;
  const opened = { ...entered, question: withoutProducts(entered.question) };
  const { question, locale, manager } = opened;
  const product = await findProductPictures(manager.shopId, id);
  if (product === null) notFound();

  const t = productsWords(locale);
  const ofProduct = { ...question, filters: { ...question.filters, productId: id } };
  const shown = parseShownHeat((name) => singleValue(parameters, name), product.pictures);
  const { choice, marked, step } = shown;
  const [products, pairs, layers, behind, { rule }] = await Promise.all([
    loadProducts(question),
    loadPairs(ofProduct),
    loadHeat(question, { productId: id, hideSmall: choice.hideSmall }),
    loadListPage(shown.offset, (offset) =>
      listProductConversations(question, {
        productId: id,
        marked: marked?.in ?? null,
        step,
        limit: PAGE_ROWS,
        offset,
      }),
    ),
    loadReportSettings(manager.shopId),
  ]);
  const row = products.rows.find((one) => one.productId === id);
  const href = (changes: Partial<ShownHeat>, part: string) =>
    `${reportHref(path, question, shownHeatQuery({ ...shown, offset: 0, ...changes }))}#${part}`;
  const heatHref = (format: "csv" | "json") =>
    fileHref("heat", ofProduct, format, choice.hideSmall ? { small: "hide" } : {});
  const behindHref = (format: "csv" | "json") =>
    fileHref("product-conversations", ofProduct, format, shownHeatQuery({ ...shown, offset: 0 }));
  const page = (start: number) => href({ offset: Math.max(0, start) }, "behind");
  return (
    <ReportPage
      opened={opened}
      part="products"
      title={product.title}
      kept={shownHeatQuery({ ...shown, offset: 0 })}
      without="category"
    >
      <div className={styles.page}>
        <p className={styles.ways}>
          <a href={reportHref("/insights/products", entered.question)}>
            <ArrowLeft size={18} aria-hidden />
            {t("back")}
          </a>
          {product.url === "" ? null : (
            <a href={product.url} target="_blank" rel="noreferrer">
              <ExternalLink size={16} aria-hidden />
              {t("inShop")}
            </a>
          )}
        </p>
        <OnlyThis locale={locale} hrefOf={(part) => partHref(part, ofProduct)} />
        {row === undefined ? (
          <p className={styles.said}>{t("neverShown")}</p>
        ) : (
          <ProductFigures
            locale={locale}
            row={row}
            soldOfShown={products.soldOfShown}
            days={rule.days}
            stepHref={(one) => href({ step: one, marked: null }, "behind")}
          />
        )}
        <HeatPart
          locale={locale}
          choice={choice}
          pictures={await heatPictures(product.pictures)}
          layers={layers.filter(({ kind, side }) => kind === choice.kind && side === choice.side)}
          csvHref={heatHref("csv")}
          jsonHref={heatHref("json")}
          choiceHref={(chosen) => href({ choice: chosen, marked: null, step: null }, "heat")}
          placeHref={(picture, place) => href({ marked: { picture, place }, step: null }, "behind")}
        />
        <div className={styles.pairs}>
          {pairKinds.map((kind) =>
            pairs[kind].length === 0 ? null : (
              <PairPart
                key={kind}
                locale={locale}
                kind={kind}
                pairs={pairs[kind]}
                least={MIN_SUPPORT}
                days={rule.days}
                casesHref={pairHrefs(ofProduct)}
                productHref={(other) => reportHref(`/insights/products/${other}`, question)}
              />
            ),
          )}
        </div>
        <BehindPart
          locale={locale}
          timeZone={question.timeZone}
          rows={behind.rows}
          total={behind.total}
          narrowed={
            marked === null && step === null
              ? null
              : {
                  words: [
                    ...(step === null ? [] : [t(step)]),
                    ...(marked === null
                      ? []
                      : [t("behindPlace", { number: marked.picture, place: t(`place_${marked.place}`) })]),
                  ].join(" · "),
                  allHref: href({ marked: null, step: null }, "behind"),
                }
          }
          csvHref={behindHref("csv")}
          jsonHref={behindHref("json")}
          newerHref={behind.offset > 0 ? page(behind.offset - PAGE_ROWS) : null}
          olderHref={
            behind.offset + behind.rows.length < behind.total ? page(behind.offset + PAGE_ROWS) : null
          }
        />
      </div>
    </ReportPage>
  );
}
