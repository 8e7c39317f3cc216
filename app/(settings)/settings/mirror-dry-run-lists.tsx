"use client";
/** The lists of a dry run: what changes, with its place in the picture, and what looks personal. */
import type { ReactNode } from "react";
import type { Box, DryRunReport, Sight } from "@/lib/mirror/dry-run/dry-run-port";
import type { FindingReason } from "@/lib/mirror/lint/finding";
import { Button } from "@/lib/ui/controls/button";
import type { MirrorRulesKey } from "@/lib/ui/messages/mirror-rules";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./mirror-dry-run.module.css";

const sightWords: Readonly<Record<Sight, MirrorRulesKey>> = {
  shown: "isShown",
  masked: "isMasked",
  boxed: "isBoxed",
};
const whyWords: Readonly<Record<FindingReason, MirrorRulesKey>> = {
  "looks like an e-mail address": "whyEmail",
  "looks like a telephone number": "whyPhone",
  "looks like a bank account (IBAN)": "whyBank",
  "looks like a card number": "whyCard",
  "looks like a postal address": "whyPostal",
  "looks like a greeting with a name": "whyGreeting",
  "what is typed here leaves: a show rule covers it": "whyTyped",
  "the choice leaves, and says something about a person": "whyChoice",
};
const whatWords = {
  text: "inText",
  attribute: "inAttribute",
  field: "inField",
  choice: "inChoice",
  style: "inStyle",
  title: "inTitle",
  address: "inAddress",
} as const;

/** Long lists scroll by themselves, by the keyboard too; nothing without rows. */
export function Rows(props: {
  readonly label: string;
  readonly testId: string;
  readonly children: readonly ReactNode[];
}) {
  if (props.children.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by the keyboard, too
    <ul className={styles.rows} tabIndex={0} aria-label={props.label} data-testid={props.testId}>
      {props.children}
    </ul>
  );
}

export function ChangeList(props: {
  readonly report: DryRunReport;
  /** Shows a place in the picture, or none. */
  readonly onPoint: (box: Box | null) => void;
}) {
  const { report, onPoint } = props;
  const t = useMessages<MirrorRulesKey>("mirrorRules");
  return (
    <div>
      <h4>{t("changes")}</h4>
      {report.changes.length === 0 && <p>{t("noChanges")}</p>}
      <Rows label={t("changes")} testId="dry-run-changes">
        {report.changes.map(({ id, path, sight, mayAct, box }) => (
          <li key={id}>
            {box === null ? (
              <code>{path}</code>
            ) : (
              <button
                type="button"
                className={styles.place}
                onClick={() => onPoint(box)}
                onFocus={() => onPoint(box)}
                onBlur={() => onPoint(null)}
                onPointerEnter={() => onPoint(box)}
                onPointerLeave={() => onPoint(null)}
              >
                <code>{path}</code>
              </button>
            )}
            {sight !== null && (
              <span>{t("change", { from: t(sightWords[sight.from]), to: t(sightWords[sight.to]) })}</span>
            )}
            {mayAct !== null && <span>{t(mayAct ? "mayAct" : "mayNotAct")}</span>}
          </li>
        ))}
      </Rows>
      {report.moreChanges > 0 && <p>{t("more", { count: report.moreChanges })}</p>}
    </div>
  );
}

export function FindingList(props: {
  readonly report: DryRunReport;
  readonly onMask: (selector: string) => void;
}) {
  const { report, onMask } = props;
  const t = useMessages<MirrorRulesKey>("mirrorRules");
  return (
    <div>
      <h4>{t("findings")}</h4>
      {report.findings.length === 0 && <p>{t("noFindings")}</p>}
      <Rows label={t("findings")} testId="dry-run-findings">
        {report.findings.map(({ id, what, name, path, why, sample, mask }) => (
          <li key={id}>
            <code>{path}</code>
            <span>
              {t(whatWords[what], { name })}: {t(whyWords[why])}
              {sample !== "" && ` (${sample})`}
            </span>
            {mask !== null && (
              <Button look="quiet" aria-label={t("maskOf", { path })} onClick={() => onMask(mask)}>
                {t("mask")}
              </Button>
            )}
          </li>
        ))}
      </Rows>
      {report.moreFindings > 0 && <p>{t("more", { count: report.moreFindings })}</p>}
    </div>
  );
}
