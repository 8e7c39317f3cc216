import type { CustomerFacts } from "@/lib/protocol/desk";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import styles from "./customer-tab.module.css";

/** Her last conversations before this one: when and with whom, and the way to those whose film is this member's to see. */
export function EarlierConversations({ earlier }: { readonly earlier: CustomerFacts["earlier"] }) {
  const t = useMessages<DeskKey>("desk");
  const day = new Intl.DateTimeFormat(useLocale(), { dateStyle: "medium" });
  if (earlier.length === 0) return null;
  return (
    <section data-testid="earlier-conversations">
      <h2 className={styles.heading}>{t("earlier")}</h2>
      <ol>
        {earlier.map(({ conversationId, at, agents, film }) => {
          const date = day.format(at);
          return (
            <li key={conversationId} className={styles.earlier}>
              <time dateTime={new Date(at).toISOString()}>
                {film ? (
                  <a
                    href={`/insights/conversations/${conversationId}`}
                    target="_blank"
                    rel="noopener"
                    aria-label={t("earlierWatch", { date })}
                  >
                    {date}
                  </a>
                ) : (
                  date
                )}
              </time>
              <span className={styles.earlierWho}>{agents.join(", ") || t("earlierNobody")}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** On how many days she was there, and which were the last; part of the list of facts. */
export function VisitDays({ visits }: { readonly visits: CustomerFacts["visits"] }) {
  const t = useMessages<DeskKey>("desk");
  // A day is a day of the shop's, whatever clock the desk has.
  const short = new Intl.DateTimeFormat(useLocale(), { day: "numeric", month: "short", timeZone: "UTC" });
  if (visits.count === 0) return null;
  const days = visits.days.map((day) => short.format(new Date(day)));
  return (
    <>
      <dt>{t("factVisits")}</dt>
      <dd data-testid="visit-days">
        {visits.count}
        <span className={styles.days}>
          {days.join(" · ")}
          {visits.count > days.length && " …"}
        </span>
      </dd>
    </>
  );
}
