"use client";
/**
 * The mirror in the customer's frame: opens her end of it while mounted, asks her, and says at all times who sees what. A
 * chunk of its own: who never shows a page does not load it.
 */
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { paletteEntry } from "@/lib/panel/palette";
import type { ConversationId } from "@/lib/protocol/ids";
import type { MirrorKey } from "@/lib/ui/messages/mirror";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import type { Bridge } from "../use-bridge";
import { barWords } from "./bar-words";
import { fetchMirrorRules } from "./fetch-rules";
import { fetchSpokenCode } from "./fetch-spoken-code";
import { openSeat, type Seat, type SeatSnapshot } from "./mirror-seat";
import { MirrorStrip } from "./mirror-strip";
import { ShareDialog } from "./share-dialog";

export interface MirrorHostProps {
  readonly bridge: Bridge;
  readonly conversationId: ConversationId;
  readonly getToken: () => Promise<string>;
  readonly visitorToken: string;
  /** What this tab kept from its last page. */
  readonly resume: string | null;
  /** Names of the shop's people in the conversation. */
  readonly agents: string;
  /** None of them is in it. */
  readonly isAlone: boolean;
  /** She pressed "show this page", and has not been asked yet. */
  readonly asking: boolean;
  /** The agent who asks her, by name. */
  readonly proposedBy: string | null;
  readonly onAsked: () => void;
  /** Who sees the page now, for the line that says what is seen; null: nobody. */
  readonly onSees: (names: string | null) => void;
  /** Nothing is left to say. */
  readonly onDone: () => void;
}

export default function MirrorHost(props: MirrorHostProps) {
  const { onSees } = props;
  const seat = useSeat(props);
  const snapshot = useSyncExternalStore(
    seat?.subscribe ?? subscribeToNothing,
    () => seat?.getSnapshot() ?? null,
    () => null,
  );
  const sees = snapshot?.here ? (snapshot.state?.viewers.map((one) => one.name).join(", ") ?? "") : "";
  useEffect(() => onSees(sees === "" ? null : sees), [sees, onSees]);
  useShownWhenAsked(props.bridge, snapshot, props.proposedBy);
  useDoneWhenIdle(snapshot, props.asking, props.onDone);

  if (seat === null || snapshot === null) return null;
  const isIdle = snapshot.state?.phase === "idle" || snapshot.state?.phase === "proposed";
  const asks = props.asking || (props.proposedBy !== null && isIdle && !snapshot.starting);
  return (
    <>
      <MirrorStrip
        seat={seat}
        snapshot={snapshot}
        getCode={props.isAlone ? () => fetchSpokenCode(props.conversationId, props.visitorToken) : null}
        onDone={props.onDone}
      />
      {asks && (
        <ShareDialog
          proposedBy={props.proposedBy}
          agents={props.agents}
          onYes={() => {
            props.onAsked();
            seat.share();
          }}
          onNo={() => {
            props.onAsked();
            if (props.proposedBy !== null) seat.refuse();
          }}
        />
      )}
    </>
  );
}

const subscribeToNothing = () => () => undefined;

function useSeat(props: MirrorHostProps): Seat | null {
  const { bridge, conversationId, visitorToken } = props;
  const t = useMessages<MirrorKey>("mirror");
  const locale = useLocale();
  const [seat, setSeat] = useState<Seat | null>(null);
  const latest = useRef({ ...props, t, locale });
  latest.current = { ...props, t, locale };
  const { onMirrorPort, send } = bridge;

  useEffect(() => {
    const opened = openSeat({
      conversationId,
      getToken: () => latest.current.getToken(),
      tellLoader: send,
      resume: latest.current.resume,
      colorOf: (participantId) => {
        const viewers = opened.getSnapshot().state?.viewers ?? [];
        return paletteEntry(viewers.find((one) => one.participantId === participantId)?.color ?? 0).color;
      },
      async loadSetting() {
        const { rules, origins } = await fetchMirrorRules(conversationId, visitorToken);
        const style = getComputedStyle(document.documentElement);
        return {
          rules,
          origins,
          words: barWords(latest.current.t),
          locale: latest.current.locale,
          accent: style.getPropertyValue("--accent").trim(),
          onAccent: style.getPropertyValue("--accent-ink").trim(),
        };
      },
    });
    const stop = onMirrorPort((port) => (port === null ? opened.scriptFailed() : opened.takePort(port)));
    setSeat(opened);
    return () => {
      stop();
      setSeat(null);
      opened.close();
    };
  }, [conversationId, visitorToken, send, onMirrorPort]);
  return seat;
}

/** A line to the relay is kept only while there is something to do with it. */
function useDoneWhenIdle(snapshot: SeatSnapshot | null, asking: boolean, onDone: () => void): void {
  const isIdle =
    snapshot !== null &&
    snapshot.state?.phase === "idle" &&
    !(asking || snapshot.agreed || snapshot.failed || snapshot.ended !== null);
  useEffect(() => {
    if (isIdle) onDone();
  }, [isIdle, onDone]);
}

/** Only she can answer: a closed frame opens when she is asked. */
function useShownWhenAsked(bridge: Bridge, snapshot: SeatSnapshot | null, proposedBy: string | null): void {
  const isAsked = proposedBy !== null || (snapshot?.here === true && snapshot.state?.asking !== null);
  const { send } = bridge;
  useEffect(() => {
    if (isAsked) send({ type: "show" });
  }, [isAsked, send]);
}
