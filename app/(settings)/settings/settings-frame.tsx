/** What all settings pages have around them: the way out, the title, the parts. */
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { findMember, type Member } from "@/lib/auth/require-member";
import type { Locale } from "@/lib/protocol/locales";
import { canActAs } from "@/lib/protocol/roles";
import { buttonClass } from "@/lib/ui/controls/button";
import { translator } from "@/lib/ui/messages/define";
import { settingsMessages } from "@/lib/ui/messages/settings";
import styles from "./settings.module.css";
import { SettingsNav, type SettingsPart } from "./settings-nav";

/** Sends everybody else to what of the settings is theirs. */
export async function requireAdminPage(path: string): Promise<Member> {
  const member = await findMember(await headers());
  if (member === null) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  if (!canActAs(member.role, "admin")) redirect("/settings");
  return member;
}

export function SettingsFrame(props: {
  readonly part: SettingsPart;
  readonly member: Member;
  readonly locale: Locale;
  readonly children: ReactNode;
}) {
  const { part, member, locale, children } = props;
  const t = translator(settingsMessages, locale);
  return (
    <>
      <a className={styles.skip} href="#content">
        {t("skip")}
      </a>
      <header className={styles.top}>
        <p className={styles.brand}>Vetrina</p>
        <nav className={styles.links} aria-label="Vetrina">
          <Link className={buttonClass("quiet")} href="/desk">
            {t("desk")}
          </Link>
          {canActAs(member.role, "manager") && (
            <Link className={buttonClass("quiet")} href="/insights">
              {t("insights")}
            </Link>
          )}
        </nav>
      </header>
      <main id="content" className={styles.page}>
        <h1 className={styles.title}>{t("title")}</h1>
        {canActAs(member.role, "admin") && <SettingsNav part={part} t={t} />}
        {children}
      </main>
    </>
  );
}
