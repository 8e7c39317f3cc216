"use client";
/** Tries the rules as they stand in the form on one of the shop's pages, before they are saved. */
import { type FormEvent, useState } from "react";
import type { DryRunAnswer, DryRunProblem, DryRunReport } from "@/lib/mirror/dry-run/dry-run-port";
import { Button } from "@/lib/ui/controls/button";
import type { MirrorRulesKey } from "@/lib/ui/messages/mirror-rules";
import { useMessages } from "@/lib/ui/messages/provider";
import { tryRules } from "./mirror-actions";
import { DryRunReportView } from "./mirror-dry-run-report";
import styles from "./settings.module.css";

type Look =
  | { readonly kind: "idle" | "looking" | "failed" }
  /** With the rules that were tried: they may have changed since. */
  | { readonly kind: "answered"; readonly answer: DryRunAnswer; readonly rules: string };

const problemWords: Readonly<Record<DryRunProblem, MirrorRulesKey>> = {
  foreign: "foreign",
  rules: "mendFirst",
  "too often": "tooOften",
  busy: "busy",
  "no browser": "noBrowser",
  "not opened": "notOpened",
  refused: "refused",
  elsewhere: "elsewhere",
  "private network": "privateNetwork",
  "too late": "tooLate",
  "too much": "tooMuch",
  "not read": "notRead",
};

export function MirrorDryRun(props: {
  /** As JSON. */
  readonly rules: string;
  readonly hasMistakes: boolean;
  readonly origins: readonly string[];
  readonly onMask: (selector: string) => void;
}) {
  const { rules, hasMistakes, origins } = props;
  const t = useMessages<MirrorRulesKey>("mirrorRules");
  const [address, setAddress] = useState(origins[0] === undefined ? "" : `${origins[0]}/`);
  const [look, setLook] = useState<Look>({ kind: "idle" });

  async function start(event: FormEvent): Promise<void> {
    event.preventDefault();
    setLook({ kind: "looking" });
    try {
      const answer = await tryRules(address, rules);
      setLook({ kind: "answered", answer, rules });
    } catch {
      // The line to the server broke: what to do about it is said.
      setLook({ kind: "failed" });
    }
  }

  const doneWords = ({ changes, moreChanges, findings, moreFindings }: DryRunReport) =>
    t("done", { changes: changes.length + moreChanges, findings: findings.length + moreFindings });
  const report = look.kind === "answered" && look.answer.kind === "report" ? look.answer.report : null;
  const problem = look.kind === "answered" && look.answer.kind === "problem" ? look.answer.problem : null;
  const words =
    look.kind === "looking" ? t("looking") : hasMistakes ? t("mendFirst") : report ? doneWords(report) : "";
  return (
    <div className={styles.embed}>
      <h3>{t("title")}</h3>
      <p className={styles.help}>{t("text")}</p>
      <form className={styles.dryRun} onSubmit={(event) => void start(event)}>
        <label className={styles.field}>
          <span>{t("address")}</span>
          <input
            className={styles.input}
            type="text"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            required
            value={address}
            onChange={(event) => setAddress(event.target.value)}
            aria-invalid={problem === "foreign" || undefined}
            data-testid="dry-run-address"
          />
          <span className={styles.help}>{t("addressHelp", { sites: origins.join(", ") })}</span>
        </label>
        <div className={styles.actions}>
          <Button
            type="submit"
            disabled={hasMistakes || look.kind === "looking" || origins.length === 0}
            data-testid="dry-run"
          >
            {t("look")}
          </Button>
          <p role="status" className={styles.help}>
            {words}
          </p>
        </div>
      </form>
      <div role="alert" className={styles.bad} data-testid="dry-run-problem">
        {problem !== null && <p>{t(problemWords[problem])}</p>}
        {look.kind === "failed" && <p>{t("failed")}</p>}
      </div>
      {report !== null && (
        <DryRunReportView
          report={report}
          isStale={look.kind === "answered" && look.rules !== rules}
          onMask={props.onMask}
        />
      )}
    </div>
  );
}
