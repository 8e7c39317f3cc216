"use client";
/** What goes on in the shop now, by itself: four figures, who is there, and today so far. */
import type { ReactNode } from "react";
import type { LiveSnapshot } from "@/lib/protocol/live";
import type { InsightsLiveKey } from "@/lib/ui/messages/insights-live";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { formatCount } from "../format";
import { clockOf } from "./clock-of";
import styles from "./live.module.css";
import { LiveLine } from "./live-line";
import { LivePeople } from "./live-people";
import { LiveToday } from "./live-today";
import { useLiveFeed, useTicking } from "./use-live-feed";

/** A wait from here on is marked: most who have waited so long are gone. Milliseconds. */
const LONG_WAIT_MS = 60_000;

export function LiveBoard(props: {
  readonly streamUrl: string;
  /** As the page was made. */
  readonly first: LiveSnapshot;
  readonly timeZone: string;
  readonly todayHref: string;
  /** Of the shop, within which an order follows a conversation: in words. */
  readonly window: string;
}) {
  const t = useMessages<InsightsLiveKey>("live");
  const locale = useLocale();
  const state = useLiveFeed(props.streamUrl, props.first);
  const live = state.snapshot ?? props.first;
  const now = useTicking(props.first.now, state.skew, state.line === "live" || state.line === "connecting");
  const waited = live.longestSince === null ? 0 : Math.max(0, now - live.longestSince);
  const count = (value: number) => formatCount(value, locale);
  return (
    <div className={styles.board} data-testid="live-board" data-line={state.line}>
      <LiveLine line={state.line} at={live.now} timeZone={props.timeZone} />
      <dl
        className={styles.now}
        aria-label={t("now")}
        data-old={state.line !== "live" && state.line !== "connecting"}
      >
        <Figure
          name={t("waiting")}
          value={count(live.waiting)}
          testId="live-waiting"
          urgent={waited >= LONG_WAIT_MS}
        >
          {live.longestSince === null ? (
            t("waitingNone")
          ) : (
            <>
              {t("waitingSince", { time: clockOf(waited) })} · <a href="/desk">{t("openDesk")}</a>
            </>
          )}
        </Figure>
        <Figure name={t("talking")} value={count(live.talking)} testId="live-talking" />
        <Figure
          name={t("agents")}
          value={count(live.people.filter(({ atDesk }) => atDesk).length)}
          testId="live-agents"
        />
        <Figure name={t("visitors")} value={count(live.visitors)} testId="live-visitors">
          {t("visitorsNote")}
        </Figure>
      </dl>
      <div className={styles.parts}>
        <LivePeople people={live.people} />
        <LiveToday
          today={live.today}
          timeZone={props.timeZone}
          href={props.todayHref}
          window={props.window}
        />
      </div>
    </div>
  );
}

function Figure(props: {
  readonly name: string;
  readonly value: string;
  readonly testId: string;
  readonly urgent?: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd className={props.urgent ? styles.urgent : undefined} data-testid={props.testId}>
        {props.value}
      </dd>
      {props.children === undefined ? null : <dd className={styles.note}>{props.children}</dd>}
    </div>
  );
}
