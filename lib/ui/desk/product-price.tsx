import type { CatalogueProduct } from "@/lib/protocol/catalogue-answers";
import { formatPrice, pricesOf } from "@/lib/ui/chat/format-price";
import type { CatalogueKey } from "@/lib/ui/messages/catalogue";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { Swatch } from "./facet-panel";
import styles from "./product-tile.module.css";

/** Of a product: that of its cheapest variant that can be bought, as its card says. Of a variant: its own. */
export function Price(props: {
  readonly product: Pick<CatalogueProduct, "priceMinor" | "saleMinor" | "currency" | "available"> & {
    readonly variants?: CatalogueProduct["variants"];
  };
}) {
  const { product } = props;
  const t = useMessages<DeskKey>("desk");
  const locale = useLocale();
  const { now, before } = pricesOf(product);
  if (!product.available) return <p className={styles.soldOut}>{t("soldOut")}</p>;
  if (now === null) return null;
  const price = formatPrice(now, product.currency, locale);
  const dearer = (product.variants ?? []).some(
    (variant) => variant.available && (variant.saleMinor ?? variant.priceMinor) > now,
  );
  return (
    <p className={styles.price}>
      <span data-sale={before !== null}>{dearer ? t("from", { price }) : price}</span>
      {before !== null && <s>{formatPrice(before, product.currency, locale)}</s>}
    </p>
  );
}

/** Swatches that fit beside sizes in one line. */
const MAX_SWATCHES = 5;
/** Sizes that are named one by one. */
const MAX_SIZES = 4;

/** In which colours and sizes it can be bought. */
export function Summary({ product }: { readonly product: CatalogueProduct }) {
  const t = useMessages<CatalogueKey>("catalogue");
  const { colors, sizes } = product;
  if (colors.length + sizes.length === 0) return null;
  const few = sizes.length <= MAX_SIZES ? sizes.join(" ") : `${sizes[0]} – ${sizes.at(-1)}`;
  return (
    <p className={styles.summary}>
      {colors.length > 0 && (
        <span className={styles.colors} title={colors.join(", ")}>
          {colors.slice(0, MAX_SWATCHES).map((color) => (
            <Swatch key={color} color={color} />
          ))}
          <span className={styles.colorName}>
            {colors.length === 1 ? colors[0] : t("colors", { count: colors.length })}
          </span>
        </span>
      )}
      {few !== "" && <span>{few}</span>}
    </p>
  );
}
