"use client";
/** Tries the rules as they stand in the form on one of the shop's pages, before they are saved. */
import { type FormEvent, useState } from "react";
import type { DryRunProblem, DryRunReport } from "@/lib/mirror/dry-run/dry-run-port";
import { Button } from "@/lib/ui/controls/button";
import type { MirrorRulesKey } from "@/lib/ui/messages/mirror-rules";
import { useMessages } from "@/lib/ui/messages/provider";
import { tryRules } from "./mirror-actions";
import { DryRunReportView } from "./mirror-dry-run-report";
import styles from "./settings.module.css";

type Look =
  | { readonly kind: "idle" | "failed" }
  | { readonly kind: "problem"; readonly problem: DryRunProblem }
  | Seen
  /** What was seen before stays until there is something else: the page does not jump. */
  | { readonly kind: "looking"; readonly before: Seen | null };
interface Seen {
  readonly kind: "seen";
  readonly report: DryRunReport;
  /** Those that were tried: they may have changed since. */
  readonly rules: string;
}

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

  const seen = look.kind === "seen" ? look : look.kind === "looking" ? look.before : null;

  async function start(event: FormEvent): Promise<void> {
    event.preventDefault();
    setLook({ kind: "looking", before: seen });
    try {
      const answer = await tryRules(address, rules);
      setLook(answer.kind === "report" ? { kind: "seen", report: answer.report, rules } : answer);
    } catch {
      // The line to the server broke: what to do about it is said.
      setLook({ kind: "failed" });
    }
  }

  const doneWords = ({ changes, moreChanges, findings, moreFindings }: DryRunReport) =>
    t("done", { changes: changes.length + moreChanges, findings: findings.length + moreFindings });
  const problem = look.kind === "problem" ? look.problem : null;
  const words =
    look.kind === "looking"
      ? t("looking")
      : hasMistakes
        ? t("mendFirst")
        : look.kind === "seen"
          ? doneWords(look.report)
          : "";
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
          <p role="alert" className={styles.bad} data-testid="dry-run-problem">
            {problem !== null && t(problemWords[problem])}
            {look.kind === "failed" && t("failed")}
          </p>
        </div>
      </form>
      {seen !== null && (
        <DryRunReportView
          report={seen.report}
          isStale={look.kind === "seen" && seen.rules !== rules}
          isOld={look.kind === "looking"}
          onMask={props.onMask}
        />
      )}
    </div>
  );
}
