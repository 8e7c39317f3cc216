import type { InstallCheck } from "@/lib/insights/install-check";
import type { Translate } from "@/lib/ui/messages/define";
import type { InstallKey } from "@/lib/ui/messages/install";
import own from "./install.module.css";

/** Which pages told something, most seen first. */
export function PageTable(props: {
  readonly check: InstallCheck;
  readonly formatTime: (date: Date) => string;
  readonly t: Translate<InstallKey>;
}) {
  const { check, formatTime, t } = props;
  if (check.pages.length === 0) return null;
  const more = check.pageCount - check.pages.length;
  return (
    <div className={own.pages}>
      <table className={own.table}>
        <caption className="visually-hidden">{t("pages")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("page")}</th>
            <th scope="col">{t("views")}</th>
            <th scope="col">{t("products")}</th>
            <th scope="col">{t("last")}</th>
          </tr>
        </thead>
        <tbody>
          {check.pages.map((page) => (
            <tr key={page.address}>
              <th scope="row">{page.address.replace(/^https?:\/\//, "")}</th>
              <td>{page.views}</td>
              <td>{page.products}</td>
              <td>
                <time dateTime={page.lastAt.toISOString()}>{formatTime(page.lastAt)}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className={own.more}>{t("morePages", { count: more })}</p>}
    </div>
  );
}
