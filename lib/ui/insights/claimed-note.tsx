/** What of an amount only browsers claim, in a few words beside it; nothing where the shop's server has confirmed all. */
import type { ClaimedMoney } from "@/lib/insights/money";
import type { Locale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { insightsInfluenceMessages } from "@/lib/ui/messages/insights-influence";
import { formatMoney } from "./format";
import styles from "./rule-note.module.css";

export function ClaimedNote(props: {
  readonly money: readonly Pick<ClaimedMoney[number], "currency" | "claimed">[];
  readonly locale: Locale;
}) {
  const { money, locale } = props;
  const t = translator(insightsInfluenceMessages, locale);
  return money
    .filter(({ claimed }) => claimed !== 0)
    .map(({ currency, claimed }) => (
      <small key={currency} className={styles.claimed}>
        <span className={styles.words}>
          {t("claimed", { amount: formatMoney(claimed, currency, locale) })}
        </span>
      </small>
    ));
}
