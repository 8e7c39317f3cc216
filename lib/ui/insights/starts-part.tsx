/** Where conversations begin: by what opened the chat, by how it came and by page, each with how many led to an order. */
import type { StartKind, StartRow, Starts } from "@/lib/insights/reports/starts";
import { channels } from "@/lib/protocol/channels";
import type { Locale } from "@/lib/protocol/locales";
import { IntervalChart } from "@/lib/ui/charts/interval-chart";
import { translator } from "@/lib/ui/messages/define";
import { insightsFrameMessages } from "@/lib/ui/messages/insights-frame";
import { insightsStartsMessages } from "@/lib/ui/messages/insights-starts";
import { shortAddress } from "./format";
import { ReportSection } from "./report-section";
import { WindowNote } from "./rule-note";
import styles from "./starts-part.module.css";

const kinds = ["trigger", "channel", "page"] as const satisfies readonly StartKind[];
/** What opens a chat, and how it comes. */
const openers = ["launcher", "product", "page", ...channels] as const;

export function StartsPart(props: {
  readonly starts: Starts;
  readonly locale: Locale;
  /** Of the shop's window, after a conversation. */
  readonly days: number;
  /** To its conversations; none for those of which nothing is known. */
  readonly rowHref: (row: StartRow) => string | undefined;
  readonly csvHref: string;
  readonly jsonHref: string;
}) {
  const { starts, locale, days } = props;
  const t = translator(insightsStartsMessages, locale);
  const words = translator(insightsFrameMessages, locale);
  if (starts.rows.length === 0) return null;
  const heads: Record<StartKind, string> = {
    trigger: words("trigger"),
    channel: words("channel"),
    page: t("page"),
  };
  const labelOf = ({ kind, name, title }: StartRow): string => {
    if (name === "") return t("unknown");
    if (kind === "page") return title || shortAddress(name);
    const opener = openers.find((one) => one === name);
    return opener === undefined ? name : words(opener);
  };
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const shown = starts.rows.filter(({ kind, name }) => kind === "page" && name !== "").length;
  return (
    <ReportSection
      id="starts"
      locale={locale}
      title={t("title")}
      definition={[t("definition"), t("definitionRate")]}
      csvHref={props.csvHref}
      jsonHref={props.jsonHref}
    >
      <WindowNote days={days} locale={locale} />
      <div className={styles.kinds}>
        {kinds.map((kind) => (
          <IntervalChart
            key={kind}
            name={`${t("title")}: ${heads[kind]}`}
            locale={locale}
            rowName={heads[kind]}
            valueName={t("conversion")}
            format={(value) => percent.format(value)}
            rows={starts.rows
              .filter((row) => row.kind === kind)
              .map((row) => ({
                id: row.name,
                label: labelOf(row),
                href: props.rowHref(row),
                value: row.conversion?.value ?? null,
                low: row.conversion?.low ?? null,
                high: row.conversion?.high ?? null,
                note: (
                  <>
                    {t("counts", { bought: row.bought, taken: row.taken, count: row.conversations })}
                    {kind === "page" && row.name !== "" && row.title !== "" ? (
                      <span className={styles.address}>{shortAddress(row.name)}</span>
                    ) : null}
                  </>
                ),
              }))}
          />
        ))}
      </div>
      {starts.pages > shown ? <p className={styles.more}>{t("more", { shown, all: starts.pages })}</p> : null}
    </ReportSection>
  );
}
