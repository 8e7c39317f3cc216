import type { InsightsLiveKey } from "@/lib/ui/messages/insights-live";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import styles from "./live.module.css";
import type { LiveState } from "./live-feed";

/** Whether what is shown is true now; told to screen readers when it changes, and only then. */
export function LiveLine(props: {
  readonly line: LiveState["line"];
  /** When the server told it, milliseconds. */
  readonly at: number;
  readonly timeZone: string;
}) {
  const t = useMessages<InsightsLiveKey>("live");
  const locale = useLocale();
  const { line, timeZone } = props;
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "medium", timeZone }).format(props.at);
  const words = {
    live: t("stateLive"),
    connecting: t("stateConnecting"),
    old: t("stateOld", { time }),
    hidden: t("stateHidden"),
    "signed-out": t("stateSignedOut"),
  };
  return (
    <p className={styles.line} data-line={line} role="status">
      <span aria-hidden />
      {words[line]} {line === "signed-out" ? <a href="/sign-in?next=/insights/live">{t("signIn")}</a> : null}
    </p>
  );
}
