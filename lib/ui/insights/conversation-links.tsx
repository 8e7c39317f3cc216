/** Conversations of one row, numbered; each opens. */
import type { Locale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { insightsVisitsMessages } from "@/lib/ui/messages/insights-visits";

export function ConversationLinks(props: { readonly ids: readonly string[]; readonly locale: Locale }) {
  const t = translator(insightsVisitsMessages, props.locale);
  if (props.ids.length === 0) return "–";
  return props.ids.map((id, i) => (
    <a key={id} href={`/insights/conversations/${id}`}>
      {t("open", { number: i + 1 })}
    </a>
  ));
}
