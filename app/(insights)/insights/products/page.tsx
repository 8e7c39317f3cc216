import { openReport, type SearchParams } from "@/app/(insights)/open-report";
import { fileHref, pairHrefs, reportHref } from "@/app/(insights)/parts";
import { ReportPage } from "@/app/(insights)/report-page";
import { singleValue } from "@/lib/insights/question";
import { loadPairs, MIN_SUPPORT, pairKinds } from "@/lib/insights/reports/pairs";
import { loadProducts } from "@/lib/insights/reports/products";
import { loadReportSettings } from "@/lib/shops/report-settings";
import { NotAllowed } from "@/lib/ui/insights/not-allowed";
import { JudgedPart } from "@/lib/ui/insights/products/judged-part";
import { PairPart } from "@/lib/ui/insights/products/pair-part";
import { ProductTable } from "@/lib/ui/insights/products/product-table";
import styles from "@/lib/ui/insights/products/products.module.css";
import { productsWords, sortings, sortRows } from "@/lib/ui/insights/products/words";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import { loadThumbnails } from "./load-thumbnails";

const PATH = "/insights/products";

export async function generateMetadata() {
  return { title: `${productsWords(await requestLocale())("title")} · Vetrina` };
}

export default async function ProductsPage(props: { readonly searchParams: Promise<SearchParams> }) {
  const parameters = await props.searchParams;
  const opened = await openReport(PATH, parameters);
  if (!opened) return <NotAllowed t={translator(insightsMessages, await requestLocale())} />;
  const { question, locale, manager } = opened;
  const t = productsWords(locale);
  const sorting = sortings.find((by) => by === singleValue(parameters, "sort")) ?? "shown";
  const [products, pairs, { rule }] = await Promise.all([
    loadProducts(question),
    loadPairs(question),
    loadReportSettings(manager.shopId),
  ]);
  const productHref = (productId: string) => reportHref(`${PATH}/${productId}`, question);
  return (
    <ReportPage
      opened={opened}
      part="products"
      title={t("title")}
      kept={sorting === "shown" ? {} : { sort: sorting }}
    >
      {products.rows.length === 0 && pairs.together.length === 0 ? (
        <section className={styles.empty}>
          <h2>{t("emptyTitle")}</h2>
          <p>{t("emptyText")}</p>
        </section>
      ) : (
        <div className={styles.page}>
          <JudgedPart
            locale={locale}
            report={products}
            productHref={productHref}
            behindHref={reportHref("/insights/conversations", question)}
            days={rule.days}
          />
          <ProductTable
            locale={locale}
            rows={sortRows(products.rows, sorting)}
            thumbnails={await loadThumbnails(products.rows)}
            sorting={sorting}
            sortHref={(by) => `${reportHref(PATH, question, { sort: by })}#products`}
            productHref={productHref}
            days={rule.days}
            csvHref={fileHref("products", question, "csv")}
            jsonHref={fileHref("products", question, "json")}
          />
          <div className={styles.pairs}>
            {pairKinds.map((kind) => (
              <PairPart
                key={kind}
                locale={locale}
                kind={kind}
                pairs={pairs[kind]}
                least={MIN_SUPPORT}
                days={rule.days}
                productHref={productHref}
                casesHref={pairHrefs(question)}
                csvHref={fileHref("product-pairs", question, "csv")}
                jsonHref={fileHref("product-pairs", question, "json")}
              />
            ))}
          </div>
        </div>
      )}
    </ReportPage>
  );
}
