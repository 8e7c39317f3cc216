"use client";
/** Whether agents may see customers' pages, and what of them: the rules, checked while they are written. */
import { useActionState, useMemo, useState } from "react";
import { readSiteRules } from "@/lib/mirror/masking/site-rules";
import { type MemberRole, memberRoles } from "@/lib/protocol/roles";
import { Button } from "@/lib/ui/controls/button";
import type { MirrorRulesKey } from "@/lib/ui/messages/mirror-rules";
import { useMessages } from "@/lib/ui/messages/provider";
import type { SettingsKey } from "@/lib/ui/messages/settings";
import { type MirrorResult, readRestrictions, saveMirror } from "./mirror-actions";
import { MirrorDryRun } from "./mirror-dry-run";
import { effectWords, MirrorRuleArea } from "./mirror-rule-area";
import {
  problemsByLine,
  type RulesArea,
  type RulesText,
  rulesToText,
  selectorLists,
  textToRules,
} from "./mirror-rules-text";
import styles from "./settings.module.css";

export interface MirrorSettingsValue {
  readonly on: boolean;
  readonly rules: unknown;
  readonly write: boolean;
  readonly writeBy: MemberRole;
}

const helpOf = {
  hide: "mirrorHideHelp",
  mask: "mirrorMaskHelp",
  show: "mirrorShowHelp",
  noControl: "mirrorNoControlHelp",
} as const;
const labelOf = {
  hide: "mirrorHide",
  mask: "mirrorMask",
  show: "mirrorShow",
  noControl: "mirrorNoControl",
} as const;
const modeWords = {
  default: "mirrorModeDefault",
  "allow-list": "mirrorModeAllow",
  off: "mirrorModeOff",
} as const;

/** This browser's word for a selector: the customers' browsers ask themselves again. */
function canParse(selector: string): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}

export function MirrorSettings({
  value,
  origins,
}: {
  readonly value: MirrorSettingsValue;
  /** Of the shop's sites: pages on which the rules can be tried. */
  readonly origins: readonly string[];
}) {
  const t = useMessages<SettingsKey>("settings");
  const words = useMessages<MirrorRulesKey>("mirrorRules");
  const [result, save, saving] = useActionState<MirrorResult, FormData>(saveMirror, { kind: "idle" });
  const [text, setText] = useState<RulesText>(() => rulesToText(value.rules));
  const [left, setLeft] = useState<readonly string[] | "failed">([]);
  const rules = useMemo(() => textToRules(text, value.rules), [text, value.rules]);
  const problems = useMemo(
    () => (typeof document === "undefined" ? [] : readSiteRules(rules, canParse).problems),
    [rules],
  );
  const set = (part: Partial<RulesText>) => setText((now) => ({ ...now, ...part }));

  const { lines, others } = problemsByLine(problems, text, value.rules);
  const area = (key: RulesArea, label: SettingsKey, help: SettingsKey) => (
    <MirrorRuleArea
      key={key}
      area={key}
      label={t(label)}
      help={t(help)}
      value={text[key]}
      problems={lines.filter((one) => one.area === key)}
      onChange={(written) => set({ [key]: written })}
    />
  );
  /** From a finding to a line of its own, once. */
  function addMask(selector: string): void {
    const before = text.mask.split("\n").filter((line) => line.trim() !== "");
    if (!before.includes(selector)) set({ mask: [...before, selector].join("\n") });
  }

  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const read = await readRestrictions(await file.text()).catch(() => null);
    if (read === null) {
      setLeft("failed");
      return;
    }
    setText(rulesToText(read.rules));
    setLeft(read.left);
  }

  return (
    <section className={styles.section} aria-labelledby="mirror-title">
      <div className={styles.about}>
        <h2 id="mirror-title">{t("mirror")}</h2>
        <p>{t("mirrorText")}</p>
      </div>
      <div className={styles.card}>
        <form className={styles.form} action={save}>
          <input type="hidden" name="rules" value={JSON.stringify(rules)} />
          <label className={styles.switch}>
            <input type="checkbox" name="on" defaultChecked={value.on} data-testid="mirror-on" />
            <span>
              {t("mirrorOn")}
              <span className={styles.help}>{t("mirrorOnHelp")}</span>
            </span>
          </label>
          <label className={styles.switch}>
            <input type="checkbox" name="write" defaultChecked={value.write} />
            <span>
              {t("mirrorWrite")}
              <span className={styles.help}>{t("mirrorWriteHelp")}</span>
            </span>
          </label>
          <label className={styles.field}>
            <span>{t("mirrorWriteBy")}</span>
            <select className={styles.select} name="writeBy" defaultValue={value.writeBy}>
              {memberRoles.map((role) => (
                <option key={role} value={role}>
                  {t(role)}
                </option>
              ))}
            </select>
          </label>
          <label className={styles.field}>
            <span>{t("mirrorMode")}</span>
            <select
              className={styles.select}
              value={text.mode}
              onChange={({ target }) =>
                set({
                  mode: target.value === "allow-list" || target.value === "off" ? target.value : "default",
                })
              }
            >
              {(["default", "allow-list", "off"] as const).map((mode) => (
                <option key={mode} value={mode}>
                  {t(modeWords[mode])}
                </option>
              ))}
            </select>
          </label>
          {area("allowListPaths", "mirrorAllowPaths", "mirrorAllowPathsHelp")}
          {area("privatePaths", "mirrorPrivatePaths", "mirrorPrivatePathsHelp")}
          {selectorLists.map((key) => area(key, labelOf[key], helpOf[key]))}
          {area("urlParams", "mirrorParams", "mirrorParamsHelp")}
          <label className={styles.field}>
            <span>{t("mirrorImport")}</span>
            <input
              type="file"
              accept=".xml,text/xml,application/xml"
              onChange={(event) => void take(event.target.files?.[0])}
            />
            <span className={styles.help}>{t("mirrorImportHelp")}</span>
          </label>
          {left === "failed" && (
            <p role="alert" className={styles.bad}>
              {t("mirrorImportFailed")}
            </p>
          )}
          {left !== "failed" && left.length > 0 && (
            <div role="status" className={styles.bad}>
              <p>{t("mirrorImportLeft")}</p>
              <ul>
                {left.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </div>
          )}
          {others.length > 0 && (
            <ul role="alert" className={styles.bad} data-testid="mirror-problems">
              {others.map((problem) => (
                <li key={problem.where}>
                  {problem.where}: {words(effectWords[problem.effect])}
                </li>
              ))}
            </ul>
          )}
          <div className={styles.actions}>
            <Button
              look="primary"
              type="submit"
              disabled={saving || problems.length > 0}
              data-testid="save-mirror"
            >
              {t("save")}
            </Button>
            <p role="status" className={styles.good}>
              {result.kind === "saved" && !saving && t("saved")}
            </p>
            <p role="alert" className={styles.bad}>
              {result.kind === "failed" && t("failed")}
            </p>
          </div>
        </form>
        <MirrorDryRun
          rules={JSON.stringify(rules)}
          hasMistakes={problems.length > 0}
          origins={origins}
          onMask={addMask}
        />
      </div>
    </section>
  );
}
