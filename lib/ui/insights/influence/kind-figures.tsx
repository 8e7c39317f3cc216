/** What conversations earned, direct and assisted apart: what is left, what was gained and taken back, and by which rule. */
import type { CreditKind } from "@/lib/insights/attribution";
import type { Influence, KindRow } from "@/lib/insights/reports/influence";
import { ClaimedNote } from "../claimed-note";
import { formatMoney } from "../format";
import { Definition } from "../report-section";
import { RuleNote } from "../rule-note";
import styles from "./influence.module.css";
import { type InfluencePartProps, kindDefinitions } from "./influence-props";

const kinds: readonly CreditKind[] = ["recommended", "shown", "talked"];

export function KindFigures(
  props: InfluencePartProps & {
    readonly influence: Influence;
    /** To the order lines behind a kind. */
    readonly behindHref: (kind: CreditKind) => string;
  },
) {
  const { t, locale, influence } = props;
  return (
    <div className={styles.kinds}>
      {kinds.map((kind) => {
        const rows = influence.kinds.filter((row) => row.kind === kind);
        return (
          <div key={kind} className={styles.kind} data-kind={kind}>
            <div className={styles.kindHead}>
              <h3>{t(kind)}</h3>
              <Definition
                locale={locale}
                name={t(kind)}
                definition={[t(kindDefinitions[kind]), props.rule]}
              />
            </div>
            {rows.length === 0 ? (
              <p className={styles.amount} data-none="true">
                {t("none")}
              </p>
            ) : null}
            {rows.map((row) => (
              <Amounts key={row.currency} {...props} row={row} href={props.behindHref(kind)} />
            ))}
            <RuleNote rule={influence.rule} locale={locale} />
          </div>
        );
      })}
    </div>
  );
}

function Amounts(props: InfluencePartProps & { readonly row: KindRow; readonly href: string }) {
  const { t, locale, row } = props;
  const money = (minor: number) => formatMoney(minor, row.currency, locale);
  return (
    <>
      <p className={styles.amount}>
        <a href={props.href}>{money(row.gained - row.taken)}</a>
      </p>
      <p className={styles.facts}>
        {[t("gained", { amount: money(row.gained) }), t("lines", { count: row.lines })].join(" · ")}
      </p>
      {row.taken === 0 ? null : (
        <p className={styles.facts} data-bad="true">
          {t("taken", { amount: money(row.taken) })}
        </p>
      )}
      <ClaimedNote money={[row]} locale={locale} />
    </>
  );
}
