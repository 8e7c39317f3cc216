import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { loadInstallCheck } from "@/lib/insights/install-check";
import { getConfig } from "@/lib/protocol/config-slot";
import { findShop } from "@/lib/shops/find-shop";
import { scriptTag } from "@/lib/shops/script-tag";
import { buttonClass } from "@/lib/ui/controls/button";
import { translator } from "@/lib/ui/messages/define";
import { installMessages } from "@/lib/ui/messages/install";
import { invitationsMessages } from "@/lib/ui/messages/invitations";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import { settingsMessages } from "@/lib/ui/messages/settings";
import { hasIdentitySecret } from "@/lib/visitors/identity-secret";
import {
  getInvitationSettings,
  MAX_AFTER,
  MAX_HOLD_OUT,
  MIN_AFTER,
} from "@/lib/visitors/invitations/invitation-settings";
import { listRefusedOrigins } from "@/lib/visitors/refused-origins";
import { CopyLine } from "../copy-line";
import { Part } from "../part";
import styles from "../settings.module.css";
import { requireAdminPage, SettingsFrame } from "../settings-frame";
import { CheckList } from "./check-list";
import { checksOf } from "./checks-of";
import { IdentitySecret } from "./identity-secret";
import own from "./install.module.css";
import { InvitationsForm } from "./invitations-form";
import { PageTable } from "./page-table";
import { PrivacyForm } from "./privacy-form";

const PAGE = "/settings/install";

export async function generateMetadata(): Promise<Metadata> {
  return { title: `${translator(installMessages, await requestLocale())("title")} · Vetrina` };
}

/** Where a shop's developer takes our line from, and sees what it brought. */
export default async function InstallPage() {
  const member = await requireAdminPage(PAGE);
  const locale = await requestLocale();
  const t = translator(installMessages, locale);
  const now = new Date();
  const invitationWords = translator(invitationsMessages, locale);
  const [shop, check, hasSecret, invitations] = await Promise.all([
    findShop(member.shopId),
    loadInstallCheck(member.shopId, now),
    hasIdentitySecret(member.shopId),
    getInvitationSettings(member.shopId),
  ]);
  if (shop === null) redirect("/settings");
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: shop.timeZone });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: shop.timeZone });
  const lines = checksOf(check, {
    refusedOrigins: listRefusedOrigins(member.shopId, check.since.getTime()).map(({ origin }) => origin),
    hasSecret,
    formatDate: (day) => date.format(day),
  });
  return (
    <MessagesProvider
      locale={locale}
      areas={{
        install: installMessages[locale],
        settings: settingsMessages[locale],
        invitations: invitationsMessages[locale],
      }}
    >
      <SettingsFrame part="install" member={member} locale={locale}>
        <Part id="script" title={t("script")} text={t("scriptText")}>
          <div className={styles.form}>
            <CopyLine text={scriptTag(shop)} />
            <p className={styles.help}>{t("package")}</p>
            <CopyLine text={`npm install ${getConfig().publicUrl}/vetrina-shop.tgz`} />
            <p className={styles.help}>{t("guide")}</p>
          </div>
        </Part>
        <Part id="check" title={t("check")} text={t("checkText")}>
          <CheckList lines={lines} t={t} />
          <PageTable check={check} formatTime={(moment) => time.format(moment)} t={t} />
          <p className={own.again}>
            <Link className={buttonClass("quiet")} href={PAGE} prefetch={false}>
              {t("lookAgain")}
            </Link>
          </p>
        </Part>
        <Part id="privacy" title={t("privacy")} text={t("privacyText")}>
          <PrivacyForm consent={shop.consent} />
        </Part>
        <Part id="invitations" title={invitationWords("title")} text={invitationWords("text")}>
          <InvitationsForm
            value={invitations}
            bounds={{ least: MIN_AFTER, most: MAX_AFTER, mostHeldOut: MAX_HOLD_OUT }}
          />
        </Part>
        <Part id="identity" title={t("identity")} text={t("identityText")}>
          <IdentitySecret exists={hasSecret} />
        </Part>
      </SettingsFrame>
    </MessagesProvider>
  );
}
