import Link from "next/link";
import type { Translate } from "@/lib/ui/messages/define";
import type { SettingsKey } from "@/lib/ui/messages/settings";
import styles from "./settings-nav.module.css";

/** Each part of the settings has a page of its own. */
const parts = [
  { part: "shop", href: "/settings", words: "partShop" },
  { part: "install", href: "/settings/install", words: "partInstall" },
  { part: "catalogue", href: "/settings/catalogue", words: "partCatalogue" },
  { part: "connections", href: "/settings/connections", words: "partConnections" },
  { part: "reports", href: "/settings/reports", words: "partReports" },
  { part: "erase", href: "/settings/erase", words: "partErase" },
  { part: "developers", href: "/settings/developers", words: "partDevelopers" },
] as const;
export type SettingsPart = (typeof parts)[number]["part"];

export function SettingsNav({
  part,
  t,
}: {
  readonly part: SettingsPart;
  readonly t: Translate<SettingsKey>;
}) {
  return (
    <nav className={styles.nav} aria-label={t("sections")}>
      <ul className={styles.list}>
        {parts.map((each) => (
          <li key={each.part}>
            <Link
              className={styles.link}
              href={each.href}
              aria-current={each.part === part ? "page" : undefined}
            >
              {t(each.words)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
