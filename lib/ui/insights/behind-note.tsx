/** One quiet line where what reports read is behind what was recorded; nothing where it is not. */
import type { Behind } from "@/lib/insights/rollups/behind";
import type { Locale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { insightsFrameMessages } from "@/lib/ui/messages/insights-frame";
import styles from "./behind-note.module.css";

export function BehindNote(props: {
  readonly behind: Behind;
  readonly timeZone: string;
  readonly locale: Locale;
  /** To tell whether a time of day says enough. */
  readonly now: Date;
}) {
  const { behind, timeZone, locale, now } = props;
  const t = translator(insightsFrameMessages, locale);
  if (behind.state === "fresh") return null;
  const day = new Intl.DateTimeFormat("en", { dateStyle: "short", timeZone });
  const time = (since: Date) =>
    new Intl.DateTimeFormat(locale, {
      ...(day.format(since) === day.format(now) ? {} : { dateStyle: "medium" }),
      timeStyle: "short",
      timeZone,
    }).format(since);
  return (
    <p className={styles.note} role="status">
      {behind.state === "rebuilding" ? t("rebuilding") : t("countedTo", { time: time(behind.since) })}
    </p>
  );
}
