"use client";
/** Writes a label where it will stand. Enter and Escape finish, Shift+Enter starts a new line; nothing typed is lost. */
import { useEffect, useRef, useState } from "react";
import { addMark, changeMarks, removeMarks } from "@/lib/panel/commands";
import { LABEL, LABEL_FONT, LABEL_FONT_WIDTHS, labelBox, labelFontSize, linesOf } from "@/lib/panel/label";
import { MAX_LABEL_LINES } from "@/lib/panel/limits";
import { inkOn, strokeWidth } from "@/lib/panel/palette";
import { cleanLabel, newMarkId } from "@/lib/panel/schema";
import { MAX_LABEL_CHARS } from "@/lib/protocol/limits";
import { useCell } from "./cell";
import type { Panel } from "./create-panel";
import styles from "./label-editor.module.css";
import type { Pane } from "./pane";
import type { LabelEdit } from "./pane-state";
import { usePane, usePanel, usePanelMessages } from "./panel-provider";
import { usePlacement } from "./use-placement";

/** Characters left at which the writer is told. */
const TELL_AT = 50;

let ruler: CanvasRenderingContext2D | null = null;

function measureLine(line: string): number {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!ruler) return line.length * 0.6;
  ruler.font = `600 32px ${LABEL_FONT}`;
  return ruler.measureText(line).width / 32;
}

export function LabelEditor() {
  const edit = useCell(usePane().label);
  return edit ? <Editor key={edit.mark?.id ?? `${edit.at.x} ${edit.at.y}`} edit={edit} /> : null;
}

function fontSizeOf(edit: LabelEdit, panel: Panel, pane: Pane): number {
  if (edit.mark) return labelFontSize(edit.mark.h, linesOf(edit.mark.text).length);
  const picture = pane.camera.picture.get();
  const longest = picture ? Math.max(picture.width, picture.height) : 1_000;
  return strokeWidth(panel.style.get().width, longest, pane.camera.camera.get().zoom) * LABEL_FONT_WIDTHS;
}

function Editor({ edit }: { readonly edit: LabelEdit }) {
  const panel = usePanel();
  const pane = usePane();
  const t = usePanelMessages();
  const placement = usePlacement();
  const style = useCell(panel.style);
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(edit.mark?.text ?? "");
  const [fontSize] = useState(() => fontSizeOf(edit, panel, pane));
  const latest = useRef<{ text: string; done: boolean; moment: number | null }>({
    text,
    done: false,
    moment: null,
  });
  latest.current.text = text;

  useEffect(() => {
    area.current?.focus({ preventScroll: true });
    const state = latest.current;
    state.done = false;
    state.moment = edit.mark ? edit.mark.moment : pane.playing.momentToDraw();
    // Closed from outside (another item, the panel goes away): what was written is kept.
    return () => {
      if (!state.done) commit(panel, pane, edit, { ...state, fontSize });
      state.done = true;
    };
  }, [panel, pane, edit, fontSize]);

  function finish(refocus: boolean) {
    if (latest.current.done) return;
    latest.current.done = true;
    commit(panel, pane, edit, { ...latest.current, fontSize });
    pane.label.set(null);
    if (refocus) area.current?.closest<HTMLElement>("[data-stage]")?.focus({ preventScroll: true });
  }

  if (!placement) return null;
  const color = edit.mark?.color ?? style.color;
  const size = fontSize * placement.scale;
  const box = labelBox(text, size, measureLine);
  return (
    <div
      data-panel-chrome=""
      className={styles.place}
      style={{
        transform: `translate(${placement.x + edit.at.x * placement.scale}px, ${placement.y + edit.at.y * placement.scale}px)`,
      }}
    >
      <textarea
        ref={area}
        className={styles.editor}
        aria-label={t("labelEditor")}
        title={t("labelHint")}
        data-testid="panel-label"
        value={text}
        maxLength={MAX_LABEL_CHARS}
        spellCheck={false}
        style={{
          width: Math.max(box.w, size * 3) + 2,
          height: box.h,
          padding: `${LABEL.padY * size}px ${LABEL.padX * size}px`,
          borderRadius: size * 0.35,
          fontSize: size,
          lineHeight: LABEL.line,
          background: color,
          color: inkOn(color),
        }}
        onChange={(event) => setText(event.target.value.split("\n").slice(0, MAX_LABEL_LINES).join("\n"))}
        onBlur={() => finish(false)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (
            event.key === "Escape" ||
            (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing)
          ) {
            event.preventDefault();
            finish(true);
          }
        }}
      />
      {MAX_LABEL_CHARS - text.length <= TELL_AT ? (
        <span className={styles.left}>{t("labelFull", { count: MAX_LABEL_CHARS - text.length })}</span>
      ) : null}
    </div>
  );
}

function commit(
  panel: Panel,
  pane: Pane,
  edit: LabelEdit,
  written: { readonly text: string; readonly moment: number | null; readonly fontSize: number },
): void {
  if (!panel.canDraw()) return;
  const { moment, fontSize } = written;
  const text = cleanLabel(written.text).replace(/\s+$/, "");
  const { doc, origin } = panel.binding.get();
  if (edit.mark) {
    const { id } = edit.mark;
    if (text === "") removeMarks(doc, origin, [id]);
    else if (text !== edit.mark.text) {
      changeMarks(doc, origin, new Map([[id, { text, ...labelBox(text, fontSize, measureLine) }]]));
    }
    return;
  }
  const item = pane.item.get();
  const you = panel.you();
  if (text.trim() === "" || !item || you === null) return;
  addMark(doc, origin, {
    id: newMarkId((bytes) => crypto.getRandomValues(bytes)),
    item: item.id,
    kind: "text",
    author: you,
    color: panel.style.get().color,
    width: fontSize / LABEL_FONT_WIDTHS,
    x: edit.at.x,
    y: edit.at.y,
    ...labelBox(text, fontSize, measureLine),
    points: null,
    text,
    number: 0,
    moment,
    createdAt: Date.now(),
  });
}
