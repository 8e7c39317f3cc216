import Link from "next/link";
import { notFound } from "next/navigation";
import { findStorefront } from "@/lib/catalogue/storefronts/storefronts";
import { translator } from "@/lib/ui/messages/define";
import { storefrontMessages } from "@/lib/ui/messages/storefronts";
import shared from "../../../settings.module.css";
import styles from "../../catalogue.module.css";
import { openCataloguePage } from "../../catalogue-frame";
import { RemoveStorefront } from "../remove-storefront";
import { StorefrontForm } from "../storefront-form";

/** One storefront: what it is called, which pages are it, and how to be rid of it. */
export default async function StorefrontPage(props: {
  readonly params: Promise<{ readonly storefrontId: string }>;
}) {
  const { storefrontId } = await props.params;
  const { shop, locale, frame } = await openCataloguePage(`/settings/catalogue/storefronts/${storefrontId}`);
  const t = translator(storefrontMessages, locale);
  const storefront = await findStorefront(shop.shopId, storefrontId);
  if (storefront === null) notFound();
  const { name, currency, origins, isFed } = storefront;
  return frame(
    <>
      <p className={styles.crumb}>
        <Link href="/settings/catalogue">{t("back")}</Link>
      </p>
      <section className={shared.section} aria-labelledby="storefront-title">
        <div className={shared.about}>
          <h2 id="storefront-title">{name}</h2>
          <p>{t("formText")}</p>
        </div>
        <div className={shared.card}>
          <StorefrontForm
            storefrontId={storefrontId}
            storefront={{ name, locale: storefront.locale, currency, origins }}
            origins={shop.origins}
          />
        </div>
      </section>
      <RemoveStorefront storefrontId={storefrontId} isFed={isFed} />
    </>,
  );
}
