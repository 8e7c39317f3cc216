"use client";
import { useActionState } from "react";
import { attributionModels, MAX_ATTRIBUTION_DAYS, MAX_HALF_LIFE_DAYS } from "@/lib/protocol/attribution";
import type { ReportSettings } from "@/lib/shops/report-settings";
import { Button } from "@/lib/ui/controls/button";
import { useMessages } from "@/lib/ui/messages/provider";
import type { ReportSettingsKey } from "@/lib/ui/messages/report-settings";
import styles from "../settings.module.css";
import { type ReportSettingsResult, saveReportSettings } from "./actions";

export function ReportForm(props: {
  readonly settings: ReportSettings;
  readonly timeZones: readonly string[];
}) {
  const { rule, timeZone } = props.settings;
  const t = useMessages<ReportSettingsKey>("reportSettings");
  const [result, save, saving] = useActionState<ReportSettingsResult, FormData>(saveReportSettings, {
    kind: "idle",
  });
  return (
    <form className={styles.form} action={save}>
      <label className={styles.field}>
        <span>{t("model")}</span>
        <select className={styles.input} name="model" defaultValue={rule.model} key={rule.model}>
          {attributionModels.map((model) => (
            <option key={model} value={model}>
              {t(model)}
            </option>
          ))}
        </select>
      </label>
      <Days name="days" label={t("days")} help={t("daysHelp")} value={rule.days} max={MAX_ATTRIBUTION_DAYS} />
      <Days
        name="halfLifeDays"
        label={t("halfLife")}
        help={t("halfLifeHelp")}
        value={rule.halfLifeDays}
        max={MAX_HALF_LIFE_DAYS}
      />
      <label className={styles.field}>
        <span>{t("zone")}</span>
        <select className={styles.input} name="timeZone" defaultValue={timeZone} key={timeZone}>
          {props.timeZones.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
        <span className={styles.help}>{t("zoneText")}</span>
      </label>
      <div className={styles.actions}>
        <Button look="primary" type="submit" disabled={saving} data-testid="save-reports">
          {t("save")}
        </Button>
        <p role="status" className={styles.good}>
          {result.kind === "saved" && !saving && t("saved")}
        </p>
        <p role="alert" className={styles.bad}>
          {result.kind === "invalid" && !saving && t("invalid")}
        </p>
      </div>
    </form>
  );
}

function Days(props: {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly value: number;
  readonly max: number;
}) {
  return (
    <label className={styles.field}>
      <span>{props.label}</span>
      <input
        className={styles.input}
        type="number"
        name={props.name}
        min={1}
        max={props.max}
        defaultValue={props.value}
        key={props.value}
        required
        aria-describedby={`${props.name}-help`}
      />
      <span id={`${props.name}-help`} className={styles.help}>
        {props.help}
      </span>
    </label>
  );
}
