import styles from "@/lib/ui/demo/demo.module.css";
import { Picture } from "@/lib/ui/demo/picture";
import { ProductGrid } from "@/lib/ui/demo/product-grid";
import { loadShop } from "./load-shop";

export default async function DemoHome() {
  const { products, locale, query, t } = await loadShop();
  const withPictures = products.filter((product) => product.pictures.length > 0);
  // One of each kind: the first, one from the middle, one from the end.
  const featured = [0, Math.floor(withPictures.length * 0.65), withPictures.length - 1]
    .flatMap((index) => withPictures[index] ?? [])
    .slice(0, 3);
  return (
    <>
      <div className={styles.hero}>
        <div>
          <h1>{t("tagline")}</h1>
          <p>{t("intro")}</p>
          <a className={styles.primary} href="#collection">
            {t("shopNow")}
          </a>
        </div>
        <div className={styles.heroPictures}>
          {featured.map((product, index) => {
            const [picture] = product.pictures;
            return (
              <a key={product.id} href={`/demo/p/${encodeURIComponent(product.id)}${query}`}>
                {picture && (
                  <Picture
                    picture={picture}
                    alt={product.title}
                    sizes={index ? "24vw" : "(min-width: 760px) 34vw, 60vw"}
                    eager
                  />
                )}
              </a>
            );
          })}
        </div>
      </div>
      <div className={styles.section} id="collection">
        <h2>{t("collection")}</h2>
      </div>
      <ProductGrid products={products} locale={locale} query={query} t={t} />
    </>
  );
}
