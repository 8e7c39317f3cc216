import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { loadConnection } from "@/lib/catalogue/adapters/connections";
import { findShop } from "@/lib/shops/find-shop";
import { connectionsMessages } from "@/lib/ui/messages/connections";
import { translator } from "@/lib/ui/messages/define";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import styles from "../settings.module.css";
import { requireAdminPage, SettingsFrame } from "../settings-frame";
import { ConnectedSystem } from "./connected-system";
import { ConnectionForm } from "./connection-form";

const PAGE = "/settings/connections";

export async function generateMetadata(): Promise<Metadata> {
  return { title: `${translator(connectionsMessages, await requestLocale())("title")} · Vetrina` };
}

/** Where an admin connects the system that the shop runs on. */
export default async function ConnectionsPage() {
  const member = await requireAdminPage(PAGE);
  const locale = await requestLocale();
  const t = translator(connectionsMessages, locale);
  const [shop, connection] = await Promise.all([findShop(member.shopId), loadConnection(member.shopId)]);
  if (shop === null) redirect("/settings");
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: shop.timeZone });
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: shop.timeZone,
  });
  return (
    <MessagesProvider locale={locale} areas={{ connections: connectionsMessages[locale] }}>
      <SettingsFrame part="connections" member={member} locale={locale}>
        <section className={styles.section} aria-labelledby="system-title">
          <div className={styles.about}>
            <h2 id="system-title">{t("system")}</h2>
            <p>{t("systemText")}</p>
          </div>
          <div className={styles.card}>
            {connection === null ? (
              <p className={styles.form}>{t("nothing")}</p>
            ) : (
              <ConnectedSystem
                kind={connection.kind}
                address={connection.address}
                since={date.format(connection.createdAt)}
                checked={connection.checkedAt && moment.format(connection.checkedAt)}
                problem={connection.lastError}
              />
            )}
            <ConnectionForm
              // Another connection is another form.
              key={`${connection?.kind} ${connection?.address}`}
              connected={connection && { kind: connection.kind, address: connection.address }}
              locale={connection?.locale ?? shop.locale}
              currency={connection?.currency ?? shop.currency}
            />
          </div>
        </section>
      </SettingsFrame>
    </MessagesProvider>
  );
}
