import SlidersHorizontal from "lucide-react/icons/sliders-horizontal";
import X from "lucide-react/icons/x";
import type { Locale } from "@/lib/protocol/locales";
import { buttonClass } from "@/lib/ui/controls/button";
import { translator } from "@/lib/ui/messages/define";
import { insightsFrameMessages } from "@/lib/ui/messages/insights-frame";
import styles from "./filter-bar.module.css";

export interface FilterField {
  readonly name: "memberId" | "teamId" | "category" | "locale" | "device" | "channel" | "trigger";
  /** The chosen one; empty for any. */
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly name: string }[];
}

export interface ChosenFilter {
  /** As people read it: "Agent: Ines". */
  readonly words: string;
  /** The page without it. */
  readonly href: string;
}

/** Chosen filters as chips that take themselves away, and a plain form for more: no script. */
export function FilterBar(props: {
  readonly locale: Locale;
  readonly fields: readonly FilterField[];
  readonly chosen: readonly ChosenFilter[];
  /** The page itself, and what else its address holds. */
  readonly action: string;
  readonly kept: Readonly<Record<string, string>>;
  readonly clearHref: string;
}) {
  const { fields, chosen } = props;
  const t = translator(insightsFrameMessages, props.locale);
  return (
    <div className={styles.bar}>
      <details className={styles.more}>
        <summary>
          <SlidersHorizontal size={16} aria-hidden />
          {t("filters")}
        </summary>
        <form action={props.action} method="get">
          {Object.entries(props.kept).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {fields.map(({ name, value, choices }) => (
            <label key={name}>
              {t(name)}
              <select name={name} defaultValue={value}>
                <option value="">{t("any")}</option>
                {choices.map((choice) => (
                  <option key={choice.value} value={choice.value}>
                    {choice.name}
                  </option>
                ))}
              </select>
            </label>
          ))}
          <button type="submit" className={buttonClass("primary")}>
            {t("apply")}
          </button>
        </form>
      </details>
      {chosen.map(({ words, href }) => (
        <a key={words} className={styles.chip} href={href} aria-label={t("without", { name: words })}>
          {words}
          <X size={14} aria-hidden />
        </a>
      ))}
      {chosen.length > 1 ? (
        <a className={styles.clear} href={props.clearHref}>
          {t("clear")}
        </a>
      ) : null}
    </div>
  );
}
