"use client";
/** Rules of one kind, one a line, and below it what is wrong with which line, while it is typed. */
import { useId } from "react";
import type { RuleProblem } from "@/lib/mirror/masking/site-rules";
import type { MirrorRulesKey } from "@/lib/ui/messages/mirror-rules";
import { useMessages } from "@/lib/ui/messages/provider";
import type { LineProblem, RulesArea } from "./mirror-rules-text";
import styles from "./settings.module.css";

const whatWords: Readonly<Record<RuleProblem["what"], MirrorRulesKey>> = {
  unparsable: "whatUnparsable",
  "pseudo-element": "whatPseudo",
  "too broad": "whatBroad",
  unreadable: "whatUnreadable",
  "unknown key": "whatUnreadable",
  "secret parameter": "whatSecret",
};
export const effectWords: Readonly<Record<RuleProblem["effect"], MirrorRulesKey>> = {
  "whole page masked": "effectMasked",
  "rule ignored": "effectIgnored",
  "no control at all": "effectNoControl",
};
/** Lines that the field shows without scrolling. */
const MIN_ROWS = 2;
const MAX_ROWS = 8;

export function MirrorRuleArea(props: {
  readonly area: RulesArea;
  readonly label: string;
  readonly help: string;
  readonly value: string;
  /** Of this area. */
  readonly problems: readonly LineProblem[];
  readonly onChange: (value: string) => void;
}) {
  const t = useMessages<MirrorRulesKey>("mirrorRules");
  const id = useId();
  const { area, value, problems } = props;
  return (
    <div className={styles.field}>
      <label className={styles.field}>
        <span>{props.label}</span>
        <textarea
          className={styles.area}
          rows={Math.min(MAX_ROWS, Math.max(MIN_ROWS, value.split("\n").length))}
          spellCheck={false}
          data-testid={`mirror-${area}`}
          value={value}
          onChange={(event) => props.onChange(event.target.value)}
          aria-invalid={problems.length > 0 || undefined}
          aria-describedby={`${id}-problems`}
        />
        <span className={styles.help}>{props.help}</span>
      </label>
      <div id={`${id}-problems`} aria-live="polite" className={styles.lines}>
        {problems.map(({ line, text, problem }) => (
          <p key={line} className={styles.bad} data-testid="mirror-line-problem">
            {t("line", { line, what: t(whatWords[problem.what]), effect: t(effectWords[problem.effect]) })}{" "}
            <code>{text}</code>
          </p>
        ))}
      </div>
    </div>
  );
}
