"use client";
/** The customer's page at the desk, in place of the panel: what she sees, where she points, and what the agent may do. */
import { useCallback, useEffect, useRef, useState } from "react";
import { paletteEntry } from "@/lib/panel/palette";
import type { MirrorDeskKey } from "@/lib/ui/messages/mirror-desk";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { type FreezeRefusal, VIEW_PORT, VIEW_READY, type ViewTool } from "@/lib/ui/mirror-view/view-message";
import styles from "./mirror-pane.module.css";
import { MirrorTools } from "./mirror-tools";
import { freezeWords, refusalWords } from "./refusal-words";
import type { Watch, WatchSnapshot } from "./watch";

/** Milliseconds that a refusal stays to be read. */
const REFUSAL_MS = 6_000;

export function MirrorPane(props: {
  readonly watch: Watch;
  readonly snapshot: WatchSnapshot;
  /** Names whose pictures the view may load. */
  readonly shopKey: string;
  readonly customer: string;
  /** Takes a picture of the page; null where she may put nothing on the panel. */
  readonly onFrozen: ((picture: File, title: string) => void) | null;
}) {
  const { watch, snapshot, customer, onFrozen } = props;
  const t = useMessages<MirrorDeskKey>("mirrorDesk");
  const locale = useLocale();
  const frame = useRef<HTMLIFrameElement>(null);
  const letGo = useRef<(() => void) | null>(null);
  const [tool, setTool] = useState<ViewTool>("point");
  const [size, setSize] = useState<"fit" | "full">("fit");
  const { state, you } = snapshot;
  const acts = state?.writer !== null && state?.writer?.participantId === you;

  const connect = useCallback(() => {
    letGo.current?.();
    const target = frame.current?.contentWindow;
    if (!target) return;
    const { port1, port2 } = new MessageChannel();
    target.postMessage(VIEW_PORT, window.location.origin, [port2]);
    const words = {
      page: t("page"),
      overlay: t("overlay"),
      editField: t("editField"),
      chooseOption: t("chooseOption"),
      masked: t("refusedMasked"),
      done: t("done"),
    };
    letGo.current = watch.show(port1, { type: "setup", words, locale, customer });
  }, [watch, t, locale, customer]);
  // It says when it listens: its scripts may run later than its load event.
  useEffect(() => {
    const hear = (event: MessageEvent<unknown>) => {
      const isView = event.source !== null && event.source === frame.current?.contentWindow;
      if (isView && event.origin === window.location.origin && event.data === VIEW_READY) connect();
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, [connect]);
  useEffect(() => () => letGo.current?.(), []);

  // Leave to act begins with the hand on it, and ends with it.
  useEffect(() => setTool(acts ? "act" : "point"), [acts]);
  const color = paletteEntry(state?.viewers.find((one) => one.participantId === you)?.color ?? 0).color;
  useEffect(() => watch.tellView({ type: "tool", tool, color }), [watch, tool, color]);
  useEffect(() => watch.tellView({ type: "size", size }), [watch, size]);

  const [freezing, setFreezing] = useState(false);
  const [notFrozen, setNotFrozen] = useState<Refused<FreezeRefusal> | null>(null);
  const freeze = async (take: NonNullable<typeof onFrozen>) => {
    setFreezing(true);
    const answer = await watch.freeze();
    setFreezing(false);
    if ("picture" in answer) {
      const { picture, title } = answer;
      take(new File([picture], title || t("frozenName"), { type: picture.type }), title);
    } else setNotFrozen((last) => ({ why: answer.why, count: (last?.count ?? 0) + 1 }));
  };

  const refusal = useFresh(snapshot.refusal);
  const problem = useFresh(notFrozen);
  const veil = veilOf(snapshot);
  return (
    <section className={styles.pane} aria-label={t("page")}>
      <MirrorTools
        watch={watch}
        snapshot={snapshot}
        acts={acts}
        tool={tool}
        onTool={setTool}
        size={size}
        onSize={setSize}
        customer={customer}
        freezing={freezing}
        onFreeze={onFrozen === null || veil !== null ? null : () => void freeze(onFrozen)}
      />
      <div className={styles.stage}>
        <iframe
          ref={frame}
          title={t("page")}
          className={styles.view}
          src={`/mirror-view?shop=${encodeURIComponent(props.shopKey)}`}
          data-testid="mirror-view"
        />
        {veil !== null && (
          <p className={styles.veil} role="status">
            {t(veil, { name: customer })}
          </p>
        )}
        <p className={styles.refusal} role="alert">
          {refusal !== null
            ? t(refusalWords[refusal.why], { name: customer })
            : problem !== null
              ? t(freezeWords[problem.why])
              : ""}
        </p>
      </div>
    </section>
  );
}

/** Why there is nothing to see. */
function veilOf({ state, line, page }: WatchSnapshot): MirrorDeskKey | null {
  if (line === "down") return "offline";
  if (state?.phase === "suspended") return "suspended";
  if (state?.pausedFor === "private-page") return "privatePage";
  if (state?.phase === "paused") return "paused";
  if (page === null) return "loading";
  return page.mode === "too-heavy" ? "tooHeavy" : null;
}

/** @property count tells two equal ones apart */
interface Refused<Why> {
  readonly why: Why;
  readonly count: number;
}

/** A refusal for a moment. */
function useFresh<Why>(refusal: Refused<Why> | null): Refused<Why> | null {
  const [seen, setSeen] = useState(refusal?.count ?? 0);
  const count = refusal?.count ?? 0;
  useEffect(() => {
    if (count === seen) return;
    const timer = setTimeout(setSeen, REFUSAL_MS, count);
    return () => clearTimeout(timer);
  }, [count, seen]);
  return count > seen ? refusal : null;
}
