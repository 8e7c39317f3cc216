"use client";
import ArrowLeft from "lucide-react/icons/arrow-left";
import ArrowRight from "lucide-react/icons/arrow-right";
import Circle from "lucide-react/icons/circle";
import Eraser from "lucide-react/icons/eraser";
import Hand from "lucide-react/icons/hand";
import Highlighter from "lucide-react/icons/highlighter";
import Lock from "lucide-react/icons/lock";
import MousePointer2 from "lucide-react/icons/mouse-pointer-2";
import MousePointerClick from "lucide-react/icons/mouse-pointer-click";
import MoveUpRight from "lucide-react/icons/move-up-right";
import PenLine from "lucide-react/icons/pen-line";
import RotateCw from "lucide-react/icons/rotate-cw";
import ScanSearch from "lucide-react/icons/scan-search";
import Snowflake from "lucide-react/icons/snowflake";
import SquareDashed from "lucide-react/icons/square-dashed";
import X from "lucide-react/icons/x";
import { type FormEvent, useEffect, useState } from "react";
import { Button, IconButton } from "@/lib/ui/controls/button";
import type { MirrorDeskKey } from "@/lib/ui/messages/mirror-desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { shortAddress } from "@/lib/ui/mirror-view/short-address";
import type { ViewTool } from "@/lib/ui/mirror-view/view-message";
import styles from "./mirror-pane.module.css";
import type { Watch, WatchSnapshot } from "./watch";

/** Where she is, how the agent points, and leave to act. */
export function MirrorTools(props: {
  readonly watch: Watch;
  readonly snapshot: WatchSnapshot;
  readonly acts: boolean;
  readonly tool: ViewTool;
  readonly onTool: (tool: ViewTool) => void;
  readonly size: "fit" | "full";
  readonly onSize: (size: "fit" | "full") => void;
  readonly customer: string;
  readonly freezing: boolean;
  /** Puts a picture of the page on the panel; null: not now. */
  readonly onFreeze: (() => void) | null;
}) {
  const { watch, snapshot, acts, tool, onTool, customer } = props;
  const t = useMessages<MirrorDeskKey>("mirrorDesk");
  const { state, you, page } = snapshot;
  const asks = state?.asking !== null && state?.asking?.participantId === you;
  const others = (state?.viewers ?? []).filter((one) => one.participantId !== you);
  const mayAsk = snapshot.mayAskWrite && state?.phase === "live" && state.writer === null;
  const tools = [
    { tool: "point" as const, Icon: MousePointer2, label: t("toolPoint"), off: false },
    { tool: "highlight" as const, Icon: SquareDashed, label: t("toolHighlight"), off: false },
    { tool: "arrow" as const, Icon: MoveUpRight, label: t("toolArrow"), off: false },
    { tool: "ellipse" as const, Icon: Circle, label: t("toolEllipse"), off: false },
    { tool: "pen" as const, Icon: PenLine, label: t("toolPen"), off: false },
    { tool: "highlighter" as const, Icon: Highlighter, label: t("toolHighlighter"), off: false },
    { tool: "act" as const, Icon: MousePointerClick, label: t("toolAct"), off: !acts },
  ];
  return (
    <div className={styles.tools}>
      <div className={styles.group}>
        {acts && (
          <>
            <IconButton label={t("goBack")} onClick={() => watch.act({ type: "back" })}>
              <ArrowLeft size={18} aria-hidden="true" />
            </IconButton>
            <IconButton label={t("goForward")} onClick={() => watch.act({ type: "forward" })}>
              <ArrowRight size={18} aria-hidden="true" />
            </IconButton>
            <IconButton label={t("reload")} onClick={() => watch.act({ type: "reload" })}>
              <RotateCw size={18} aria-hidden="true" />
            </IconButton>
          </>
        )}
      </div>
      <Address
        url={page?.url ?? ""}
        title={page?.title ?? ""}
        acts={acts}
        onGo={(url) => watch.act({ type: "goto", url })}
      />
      <IconButton
        label={t(props.size === "fit" ? "sizeFull" : "sizeFit")}
        aria-pressed={props.size === "full"}
        onClick={() => props.onSize(props.size === "fit" ? "full" : "fit")}
      >
        <ScanSearch size={18} aria-hidden="true" />
      </IconButton>
      {props.onFreeze !== null && (
        <IconButton
          label={t(props.freezing ? "freezing" : "freeze")}
          data-testid="mirror-freeze"
          disabled={props.freezing}
          aria-busy={props.freezing}
          onClick={props.onFreeze}
        >
          <Snowflake size={18} aria-hidden="true" />
        </IconButton>
      )}
      {others.length > 0 && (
        <p className={styles.others}>
          {t("alsoWatching", { names: others.map((one) => one.name).join(", ") })}
        </p>
      )}
      {acts ? (
        <Button
          data-testid="mirror-release"
          aria-label={t("release")}
          title={t("release")}
          onClick={watch.releaseWrite}
        >
          <Hand size={18} aria-hidden="true" />
          <span className={styles.label}>{t("release")}</span>
        </Button>
      ) : (
        mayAsk && (
          <Button
            data-testid="mirror-ask-write"
            aria-label={t(asks ? "asked" : "askWrite", { name: customer })}
            title={t(asks ? "asked" : "askWrite", { name: customer })}
            disabled={asks}
            onClick={watch.askWrite}
          >
            <Hand size={18} aria-hidden="true" />
            <span className={styles.label}>{t(asks ? "asked" : "askWrite", { name: customer })}</span>
          </Button>
        )
      )}
      <IconButton label={t("stop")} data-testid="mirror-stop" onClick={watch.stop}>
        <X size={18} aria-hidden="true" />
      </IconButton>
      <div className={styles.group}>
        <div className={styles.group} role="radiogroup" aria-label={t("tools")}>
          {tools.map(({ tool: one, Icon, label, off }) => (
            <IconButton
              key={one}
              label={label}
              role="radio"
              aria-checked={tool === one}
              disabled={off}
              data-testid={`mirror-tool-${one}`}
              className={styles.tool ?? ""}
              onClick={() => onTool(one)}
            >
              <Icon size={18} aria-hidden="true" />
            </IconButton>
          ))}
        </div>
        <IconButton
          label={t("erase")}
          data-testid="mirror-erase"
          disabled={!snapshot.marked}
          onClick={() => watch.tellView({ type: "erase" })}
        >
          <Eraser size={18} aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  );
}

/** As far as it may be told: without what stands behind the question mark. */
function Address(props: {
  readonly url: string;
  readonly title: string;
  readonly acts: boolean;
  readonly onGo: (url: string) => void;
}) {
  const t = useMessages<MirrorDeskKey>("mirrorDesk");
  const [text, setText] = useState(props.url);
  useEffect(() => setText(props.url), [props.url]);
  if (!props.acts) {
    return (
      <p className={styles.address} title={props.title} data-testid="mirror-address">
        <Lock size={14} aria-hidden="true" />
        <span>{shortAddress(props.url)}</span>
      </p>
    );
  }
  const go = (event: FormEvent) => {
    event.preventDefault();
    props.onGo(text);
  };
  return (
    <form className={styles.address} onSubmit={go}>
      <input
        aria-label={t("address")}
        data-testid="mirror-address"
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  );
}
