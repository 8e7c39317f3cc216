import type { OwnSession } from "@/lib/auth/sessions";
import { Button } from "@/lib/ui/controls/button";
import type { Translate } from "@/lib/ui/messages/define";
import type { SettingsKey } from "@/lib/ui/messages/settings";
import { endAllSessions, endSession } from "./actions";
import styles from "./settings.module.css";

export function Sessions(props: {
  readonly sessions: readonly (OwnSession & { readonly since: string })[];
  readonly t: Translate<SettingsKey>;
}) {
  const { t } = props;
  return (
    <section className={styles.section} aria-labelledby="sessions-title">
      <div className={styles.about}>
        <h2 id="sessions-title">{t("sessions")}</h2>
        <p>{t("sessionsText")}</p>
      </div>
      <div className={styles.card}>
        <ul className={styles.rows}>
          {props.sessions.map((session) => {
            const device = session.browser || t("unknownDevice");
            return (
              <li key={session.sessionId} className={styles.row}>
                <div className={styles.grow}>
                  <p className={styles.strong}>
                    {device} {session.current && <span className={styles.tag}>{t("thisDevice")}</span>}
                  </p>
                  <p className={styles.help}>
                    {t("lastUsed", { date: session.since })}
                    {session.address && ` · ${session.address}`}
                  </p>
                </div>
                <form action={endSession}>
                  <input type="hidden" name="sessionId" value={session.sessionId} />
                  <Button type="submit" aria-label={t("endOf", { device })}>
                    {t("end")}
                  </Button>
                </form>
              </li>
            );
          })}
        </ul>
        <form action={endAllSessions} className={styles.foot}>
          <Button look="danger" type="submit">
            {t("endAll")}
          </Button>
        </form>
      </div>
    </section>
  );
}
