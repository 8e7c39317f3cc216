"use client";
import { useActionState, useState } from "react";
import type { Schedule } from "@/lib/catalogue/imports/schedule";
import { Button } from "@/lib/ui/controls/button";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import { useMessages } from "@/lib/ui/messages/provider";
import shared from "../settings.module.css";
import styles from "./catalogue.module.css";
import { type ScheduleResult, saveSchedule } from "./catalogue-actions";

const kinds = [
  { kind: "never", words: "scheduleNever" },
  { kind: "hours", words: "scheduleHours" },
  { kind: "daily", words: "scheduleDaily" },
] as const;
/** Offered at first: often enough for prices, seldom enough for any server. */
const EVERY_HOURS = 6;
/** Minutes after midnight, before anybody works. */
const DAILY_AT = 300;

export function ScheduleForm(props: {
  readonly sourceId: string;
  readonly schedule: Schedule;
  readonly timeZone: string;
  /** All there are; the server's list, which the browser's may differ from. */
  readonly timeZones: readonly string[];
}) {
  const { sourceId, schedule, timeZone } = props;
  const t = useMessages<CatalogueSettingsKey>("catalogueSettings");
  const [result, save, saving] = useActionState<ScheduleResult, FormData>(saveSchedule, { kind: "idle" });
  const [kind, setKind] = useState<Schedule["kind"]>(schedule.kind);
  const hours = schedule.kind === "hours" ? schedule.everyHours : EVERY_HOURS;
  const daily = schedule.kind === "daily" ? schedule.dailyAt : DAILY_AT;
  return (
    <form className={shared.form} action={save}>
      <input type="hidden" name="sourceId" value={sourceId} />
      <p className={shared.help}>{t("scheduleText")}</p>
      <div className={styles.pair}>
        <label className={shared.field}>
          <span>{t("schedule")}</span>
          <select
            className={shared.input}
            name="kind"
            value={kind}
            onChange={({ target }) =>
              setKind(kinds.find((each) => each.kind === target.value)?.kind ?? "never")
            }
            data-testid="schedule-kind"
          >
            {kinds.map((each) => (
              <option key={each.kind} value={each.kind}>
                {t(each.words)}
              </option>
            ))}
          </select>
        </label>
        {kind === "hours" && (
          <label className={shared.field}>
            <span>{t("hours")}</span>
            <input
              className={shared.input}
              name="everyHours"
              type="number"
              min={1}
              max={168}
              defaultValue={hours}
              required
            />
          </label>
        )}
        {kind === "daily" && (
          <label className={shared.field}>
            <span>{t("time")}</span>
            <input className={shared.input} name="time" type="time" defaultValue={clock(daily)} required />
          </label>
        )}
        {kind === "daily" && (
          <label className={shared.field}>
            <span>{t("timeZone")}</span>
            <select className={shared.input} name="timeZone" defaultValue={timeZone}>
              {props.timeZones.map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </select>
          </label>
        )}
      </div>
      <div className={styles.bar}>
        <Button type="submit" disabled={saving} data-testid="save-schedule">
          {t("save")}
        </Button>
        <p role="status" className={shared.good}>
          {result.kind === "saved" && !saving && t("saved")}
        </p>
        <p role="alert" className={shared.bad}>
          {result.kind === "failed" && t("errInternal")}
        </p>
      </div>
    </form>
  );
}

/** "05:00" */
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
