import type { LiveSnapshot } from "@/lib/protocol/live";
import type { InsightsLiveKey } from "@/lib/ui/messages/insights-live";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./live.module.css";

/** Who of the shop is there, and how many conversations each has. */
export function LivePeople(props: { readonly people: LiveSnapshot["people"] }) {
  const t = useMessages<InsightsLiveKey>("live");
  return (
    <section aria-labelledby="live-people">
      <h2 id="live-people">{t("people")}</h2>
      {props.people.length === 0 ? <p className={styles.soft}>{t("nobody")}</p> : null}
      <ul className={styles.people}>
        {props.people.map(({ memberId, name, atDesk, talking }) => (
          <li key={memberId} data-away={!atDesk}>
            <span className={styles.presence} aria-hidden />
            <span className={styles.name}>
              {name} <small>{t(atDesk ? "atDesk" : "away")}</small>
            </span>
            <span>{talking === 0 ? t("free") : t("talks", { count: talking })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
