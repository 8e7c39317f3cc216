import type { Metadata } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { getConfig } from "@/lib/protocol/config-slot";
import { locales } from "@/lib/protocol/locales";
import { NONCE_HEADER } from "@/lib/protocol/request-headers";
import { CartBadge } from "@/lib/ui/demo/cart-badge";
import styles from "@/lib/ui/demo/demo.module.css";
import { demoMessages } from "@/lib/ui/messages/demo";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { loadShop } from "./load-shop";

export async function generateMetadata(): Promise<Metadata> {
  const { shop, t } = await loadShop();
  return {
    title: { default: `${shop.name} — ${t("tagline")}`, template: `%s — ${shop.name}` },
    description: t("intro"),
  };
}

/** Calls made before the loader has arrived; the line of docs/loader.md. */
const stub = "window.vetrina=window.vetrina||function(){(vetrina.q=vetrina.q||[]).push(arguments)}";

export default async function DemoLayout({ children }: { readonly children: ReactNode }) {
  const { shop, locale, query, categories, t } = await loadShop();
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  const languages = (
    <nav className={styles.languages} aria-label={t("language")}>
      {locales.map((one) => (
        <a key={one} href={`?lang=${one}`} lang={one} aria-current={one === locale ? "true" : undefined}>
          {one}
        </a>
      ))}
    </nav>
  );
  return (
    <MessagesProvider locale={locale} areas={{ demo: demoMessages[locale] }}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours; React would escape its text */}
      <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: stub }} />
      <script async nonce={nonce} src={`${getConfig().publicUrl}/vetrina.js`} data-shop={shop.key} />
      <div className={styles.shop}>
        <a className={styles.skip} href="#main">
          {t("skip")}
        </a>
        <header className={styles.header}>
          <nav className={styles.nav} aria-label={t("collection")}>
            {categories.map((category) => (
              <a key={category} href={`/demo/c/${encodeURIComponent(category.toLowerCase())}${query}`}>
                {category}
              </a>
            ))}
          </nav>
          <a className={styles.brand} href={`/demo${query}`}>
            {shop.name}
          </a>
          <div className={styles.tools}>
            {languages}
            <a className={styles.cartLink} href={`/demo/account${query}`}>
              {t("account")}
            </a>
            <CartBadge href={`/demo/cart${query}`} />
          </div>
        </header>
        <main id="main" className={styles.main}>
          {children}
        </main>
        <footer className={styles.footer}>
          {t("footer")}
          {languages}
        </footer>
      </div>
    </MessagesProvider>
  );
}
