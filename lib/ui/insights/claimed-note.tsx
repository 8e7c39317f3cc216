/** What of an amount only browsers claim, in a word beside it; nothing where the shop's server has confirmed all. */
import type { ClaimedMoney } from "@/lib/insights/money";
import type { Locale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { insightsInfluenceMessages } from "@/lib/ui/messages/insights-influence";
import { ClaimedWord } from "./claimed-word";
import { formatMoney } from "./format";

export function ClaimedNote(props: {
  readonly money: readonly Pick<ClaimedMoney[number], "currency" | "claimed">[];
  readonly locale: Locale;
}) {
  const { money, locale } = props;
  const t = translator(insightsInfluenceMessages, locale);
  return money
    .filter(({ claimed }) => claimed !== 0)
    .map(({ currency, claimed }) => (
      <ClaimedWord
        key={currency}
        words={t("claimed", { amount: formatMoney(claimed, currency, locale) })}
        meaning={t("claimedDef")}
      />
    ));
}
