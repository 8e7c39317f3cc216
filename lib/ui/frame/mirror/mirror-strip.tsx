"use client";
import EyeOff from "lucide-react/icons/eye-off";
import ScanEye from "lucide-react/icons/scan-eye";
import { lazy, Suspense, useState } from "react";
import type { SpokenCodeAnswer } from "@/lib/protocol/spoken-code-answers";
import { Button } from "@/lib/ui/controls/button";
import type { MirrorKey } from "@/lib/ui/messages/mirror";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./mirror.module.css";
import type { Seat, SeatSnapshot } from "./mirror-seat";
import { SpokenCode } from "./spoken-code";
import { useReadFirst } from "./use-read-first";

/** The same code as the desk's, loaded when she wants to see for herself. */
const SeenView = lazy(() => import("./seen-view"));

/** Who sees the page, in the frame too, with what she can do about it. */
export function MirrorStrip(props: {
  readonly seat: Seat;
  readonly snapshot: SeatSnapshot;
  /** Null where somebody is with her already. */
  readonly getCode: (() => Promise<SpokenCodeAnswer>) | null;
  readonly onDone: () => void;
}) {
  const { seat, snapshot } = props;
  const t = useMessages<MirrorKey>("mirror");
  const { state, here } = snapshot;
  const [looks, setLooks] = useState(false);
  const phase = state?.phase ?? "idle";
  const isLive = phase === "live" || phase === "paused" || phase === "suspended";

  if (snapshot.failed || (snapshot.ended !== null && !here)) {
    return (
      <section className={styles.strip} data-kind="note" role="status">
        <EyeOff size={18} aria-hidden="true" />
        <p>{t(snapshot.failed ? "failed" : "endedNote")}</p>
        <Button look="quiet" onClick={props.onDone}>
          {t("dismiss")}
        </Button>
      </section>
    );
  }
  if (snapshot.starting) {
    return (
      <section className={styles.strip} role="status">
        <ScanEye size={18} aria-hidden="true" />
        <p>{t("starting")}</p>
        <Button onClick={seat.stop}>{t("stop")}</Button>
      </section>
    );
  }
  if (!isLive || state === null) return null;
  if (!here) {
    return (
      <section className={styles.strip} role="status">
        <ScanEye size={18} aria-hidden="true" />
        <p>{t("elsewhere")}</p>
        <Button onClick={(event) => event.nativeEvent.isTrusted && seat.share()}>{t("moveHere")}</Button>
        <Button onClick={seat.stop}>{t("stop")}</Button>
      </section>
    );
  }
  const names = state.viewers.map((one) => one.name).join(", ");
  const nameOf = (id: string) => state.viewers.find((one) => one.participantId === id)?.name ?? "";
  const { asking, writer, pausedFor } = state;
  return (
    <section className={styles.strip} data-kind={pausedFor ? "paused" : "live"} data-testid="mirror-strip">
      <p className={styles.sees} role="status">
        {pausedFor ? <EyeOff size={18} aria-hidden="true" /> : <ScanEye size={18} aria-hidden="true" />}
        {pausedFor
          ? t(pausedFor === "private-page" ? "privatePage" : "paused")
          : names === ""
            ? t("seesNobody")
            : t("sees", { names })}
      </p>
      {pausedFor !== "private-page" && (
        <Button onClick={pausedFor ? seat.unpause : seat.pause}>{t(pausedFor ? "unpause" : "pause")}</Button>
      )}
      <Button data-testid="mirror-stop" onClick={seat.stop}>
        {t("stop")}
      </Button>
      {!pausedFor && (
        <Button look="quiet" data-testid="mirror-seen" aria-expanded={looks} onClick={() => setLooks(!looks)}>
          {t(looks ? "hideSeen" : "showSeen")}
        </Button>
      )}
      {props.getCode !== null && names === "" && !pausedFor && <SpokenCode getCode={props.getCode} />}
      {looks && !pausedFor && (
        <Suspense fallback={<p>{t("starting")}</p>}>
          <SeenView seat={seat} />
        </Suspense>
      )}
      {writer !== null && (
        <div className={styles.ask}>
          <p>{t("acts", { names: nameOf(writer.participantId) })}</p>
          <Button look="primary" data-testid="mirror-take-back" onClick={seat.takeBack}>
            {t("takeBack")}
          </Button>
        </div>
      )}
      {asking !== null && writer === null && (
        <WriteQuestion
          key={asking.participantId}
          name={nameOf(asking.participantId)}
          onYes={() => seat.grantWrite(asking.participantId)}
          onNo={seat.denyWrite}
        />
      )}
    </section>
  );
}

function WriteQuestion(props: {
  readonly name: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}) {
  const t = useMessages<MirrorKey>("mirror");
  const ready = useReadFirst();
  return (
    <div className={styles.ask} role="alertdialog" aria-label={t("writeTitle", { name: props.name })}>
      <p>
        <b>{t("writeTitle", { name: props.name })}</b>
        <br />
        {t("writeText")}
      </p>
      <span className={styles.buttons}>
        <Button
          look="primary"
          data-testid="mirror-grant"
          disabled={!ready}
          onClick={(event) => event.nativeEvent.isTrusted && props.onYes()}
        >
          {t("writeYes")}
        </Button>
        <Button data-testid="mirror-deny" onClick={props.onNo}>
          {t("writeNo")}
        </Button>
      </span>
    </div>
  );
}
