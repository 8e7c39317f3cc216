import Link from "next/link";
import { translator } from "@/lib/ui/messages/define";
import { storefrontMessages } from "@/lib/ui/messages/storefronts";
import shared from "../../../settings.module.css";
import styles from "../../catalogue.module.css";
import { openCataloguePage } from "../../catalogue-frame";
import { StorefrontForm } from "../storefront-form";

/** The shop in another language, country or currency. */
export default async function NewStorefrontPage() {
  const { shop, locale, frame } = await openCataloguePage("/settings/catalogue/storefronts/new");
  const t = translator(storefrontMessages, locale);
  const storefront = { name: "", locale: shop.locale, currency: shop.currency, origins: [] };
  return frame(
    <>
      <p className={styles.crumb}>
        <Link href="/settings/catalogue">{t("back")}</Link>
      </p>
      <section className={shared.section} aria-labelledby="storefront-title">
        <div className={shared.about}>
          <h2 id="storefront-title">{t("new")}</h2>
          <p>{t("formText")}</p>
        </div>
        <div className={shared.card}>
          <StorefrontForm storefrontId="" storefront={storefront} origins={shop.origins} />
        </div>
      </section>
    </>,
  );
}
