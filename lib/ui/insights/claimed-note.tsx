/** What of an amount only browsers claim, in a word beside it; nothing where the shop's server has confirmed all. */
import type { Locale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { insightsInfluenceMessages } from "@/lib/ui/messages/insights-influence";
import { ClaimedWord } from "./claimed-word";
import { formatMoney } from "./format";

export function ClaimedNote(props: {
  /** Without `minor`, the amount that it stands beside, the part is always said as an amount. */
  readonly money: readonly { readonly currency: string; readonly minor?: number; readonly claimed: number }[];
  readonly locale: Locale;
}) {
  const { money, locale } = props;
  const t = translator(insightsInfluenceMessages, locale);
  return money
    .filter(({ claimed }) => claimed !== 0)
    .map(({ currency, minor, claimed }) => (
      <ClaimedWord
        key={currency}
        words={
          minor === claimed ? t("reported") : t("claimed", { amount: formatMoney(claimed, currency, locale) })
        }
        meaning={t("claimedDef")}
      />
    ));
}
