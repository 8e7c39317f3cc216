import type { Metadata } from "next";
import Link from "next/link";
import { loadReportSettings } from "@/lib/shops/report-settings";
import { timeZones } from "@/lib/shops/time-zones";
import { buttonClass } from "@/lib/ui/controls/button";
import { translator } from "@/lib/ui/messages/define";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { reportSettingsMessages } from "@/lib/ui/messages/report-settings";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import { Part } from "../part";
import styles from "../settings.module.css";
import { requireAdminPage, SettingsFrame } from "../settings-frame";
import { ReportForm } from "./report-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: `${translator(reportSettingsMessages, await requestLocale())("title")} · Vetrina` };
}

/** By which rule the shop's reports credit what was bought, and whose days they count in. */
export default async function ReportSettingsPage() {
  const member = await requireAdminPage("/settings/reports");
  const locale = await requestLocale();
  const t = translator(reportSettingsMessages, locale);
  const settings = await loadReportSettings(member.shopId);
  return (
    <MessagesProvider locale={locale} areas={{ reportSettings: reportSettingsMessages[locale] }}>
      <SettingsFrame part="reports" member={member} locale={locale}>
        <Part id="rule" title={t("rule")} text={t("ruleText")}>
          <ReportForm settings={settings} timeZones={timeZones} />
          <div className={styles.embed}>
            <Link className={buttonClass("quiet")} href="/insights/influence">
              {t("seen")}
            </Link>
          </div>
        </Part>
      </SettingsFrame>
    </MessagesProvider>
  );
}
