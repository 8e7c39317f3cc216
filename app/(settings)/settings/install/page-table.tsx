import type { InstallCheck } from "@/lib/insights/install-check";
import type { Translate } from "@/lib/ui/messages/define";
import type { InstallKey } from "@/lib/ui/messages/install";
import own from "./install.module.css";

/** Which pages told something, most seen first; under each site, where the shop has several, with all that came from it. */
export function PageTable(props: {
  readonly check: InstallCheck;
  readonly formatTime: (date: Date) => string;
  readonly t: Translate<InstallKey>;
}) {
  const { check, formatTime, t } = props;
  if (check.pages.length === 0) return null;
  const sites = check.sites.length > 1 ? check.sites : [null];
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
        {sites.map((site) => (
          <tbody key={site?.origin ?? ""}>
            {site && (
              <tr className={own.site} data-testid="install-site">
                <th scope="rowgroup">{withoutProtocol(site.origin)}</th>
                <td>{site.views}</td>
                <td>{site.products}</td>
                <td>{site.lastAt && <Moment at={site.lastAt} formatTime={formatTime} />}</td>
              </tr>
            )}
            {check.pages
              .filter(({ address }) => !site || originOf(address) === site.origin)
              .map((page) => (
                <tr key={page.address}>
                  <th scope="row">{withoutProtocol(page.address)}</th>
                  <td>{page.views}</td>
                  <td>{page.products}</td>
                  <td>
                    <Moment at={page.lastAt} formatTime={formatTime} />
                  </td>
                </tr>
              ))}
          </tbody>
        ))}
      </table>
      {more > 0 && <p className={own.more}>{t("morePages", { count: more })}</p>}
    </div>
  );
}

function Moment({ at, formatTime }: { readonly at: Date; readonly formatTime: (date: Date) => string }) {
  return <time dateTime={at.toISOString()}>{formatTime(at)}</time>;
}

const withoutProtocol = (address: string) => address.replace(/^https?:\/\//, "");
const originOf = (address: string) => (URL.canParse(address) ? new URL(address).origin : "");
