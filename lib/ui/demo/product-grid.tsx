import type { WindowProduct } from "@/lib/catalogue/demo-window";
import type { Locale } from "@/lib/protocol/locales";
import type { Translate } from "@/lib/ui/messages/define";
import type { DemoKey } from "@/lib/ui/messages/demo";
import styles from "./demo.module.css";
import { formatMoney } from "./money";
import { Picture } from "./picture";

interface GridProps {
  readonly products: readonly WindowProduct[];
  readonly locale: Locale;
  readonly query: string;
  readonly t: Translate<DemoKey>;
  /** How many pictures are above the fold. */
  readonly eager?: number;
}

export function ProductGrid({ products, locale, query, t, eager = 0 }: GridProps) {
  if (products.length === 0) return <p className={styles.emptyState}>{t("noProducts")}</p>;
  return (
    <ul className={styles.grid}>
      {products.map((product, index) => {
        const [picture] = product.pictures;
        return (
          <li key={product.id} className={styles.card}>
            <a href={`/demo/p/${encodeURIComponent(product.id)}${query}`}>
              <div className={styles.cardPicture}>
                {picture && (
                  <Picture
                    picture={picture}
                    alt=""
                    sizes="(min-width: 1100px) 25vw, (min-width: 700px) 33vw, 50vw"
                    eager={index < eager}
                  />
                )}
              </div>
              <span className={styles.cardTitle}>{product.title}</span>
            </a>
            <Price product={product} locale={locale} t={t} />
          </li>
        );
      })}
    </ul>
  );
}

function Price({
  product,
  locale,
  t,
}: Pick<GridProps, "locale" | "t"> & { readonly product: WindowProduct }) {
  const pay = (variant: (typeof product.variants)[number]) => variant.saleMinor ?? variant.priceMinor;
  const cheapest = [...product.variants].sort((a, b) => pay(a) - pay(b))[0];
  if (!cheapest) return null;
  const price = formatMoney(pay(cheapest), cheapest.currency, locale);
  const several = product.variants.some((variant) => pay(variant) !== pay(cheapest));
  return (
    <p className={styles.cardPrice}>
      {several ? t("from", { price }) : price}
      {cheapest.saleMinor !== null && <span className={styles.saleTag}>{t("sale")}</span>}
    </p>
  );
}
