"use client";
/** Colour and width, beside the tools; they hold for the next mark and for the selected one. */
import Trash2 from "lucide-react/icons/trash";
import { useEffect, useId, useRef, useState } from "react";
import { palette, type StrokeWidth, strokeWidth, strokeWidths } from "@/lib/panel/palette";
import { useCell } from "./cell";
import { useCanDraw, usePane, usePanel, usePanelMessages } from "./panel-provider";
import { rememberWidth } from "./remembered";
import styles from "./style-popover.module.css";
import bar from "./toolbar.module.css";

const widths: readonly StrokeWidth[] = ["fine", "medium", "bold"];

export function StylePopover() {
  const panel = usePanel();
  const t = usePanelMessages();
  const style = useCell(panel.style);
  const pane = usePane();
  const { selected } = useCell(pane.live);
  const canDraw = useCanDraw();
  const item = useCell(pane.item);
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const away = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", away, true);
    return () => document.removeEventListener("pointerdown", away, true);
  }, [open]);

  const color = selected?.color ?? style.color;

  function chooseColor(next: string) {
    panel.style.set({ ...style, color: next });
    if (selected) pane.selecting.change({ color: next });
  }

  function chooseWidth(next: StrokeWidth) {
    panel.style.set({ ...style, width: next });
    rememberWidth(next);
    if (!selected || !item || selected.kind === "text" || selected.kind === "pin") return;
    const longest = Math.max(item.width, item.height);
    pane.selecting.change({ width: strokeWidth(next, longest, pane.camera.camera.get().zoom) });
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only closes what its button opened
    <div
      ref={root}
      className={styles.root}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        setOpen(false);
        root.current?.querySelector("button")?.focus();
      }}
    >
      <button
        type="button"
        className={bar.button}
        data-testid="tool-style"
        aria-label={t("style")}
        aria-expanded={open}
        aria-controls={id}
        disabled={!canDraw}
        onClick={() => setOpen(!open)}
      >
        <i
          className={styles.sample}
          data-width={style.width}
          style={{ "--sample": color } as React.CSSProperties}
        />
        <span className={bar.tip} aria-hidden="true">
          {t("style")}
        </span>
      </button>
      {open ? (
        <div id={id} className={styles.popover}>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid everywhere */}
          <div role="group" aria-label={t("color")} className={styles.colors}>
            {palette.map((entry) => (
              <button
                key={entry.key}
                type="button"
                className={styles.color}
                data-testid={`color-${entry.key}`}
                aria-label={t(`color_${entry.key}`)}
                title={t(`color_${entry.key}`)}
                aria-pressed={color === entry.color}
                style={{ "--sample": entry.color } as React.CSSProperties}
                onClick={() => chooseColor(entry.color)}
              />
            ))}
          </div>
          {/* biome-ignore lint/a11y/useSemanticElements: as above */}
          <div role="group" aria-label={t("width")} className={styles.widths}>
            {widths.map((width) => (
              <button
                key={width}
                type="button"
                className={styles.width}
                data-testid={`width-${width}`}
                aria-label={t(`width_${width}`)}
                title={t(`width_${width}`)}
                aria-pressed={style.width === width}
                onClick={() => chooseWidth(width)}
              >
                <i style={{ height: strokeWidths[width] }} />
              </button>
            ))}
            {selected ? (
              <button
                type="button"
                className={styles.width}
                data-testid="mark-delete"
                aria-label={t("removeMark")}
                title={t("removeMark")}
                onClick={() => {
                  pane.selecting.remove();
                  setOpen(false);
                }}
              >
                <Trash2 size={18} aria-hidden="true" />
              </button>
            ) : null}
          </div>
        </div>
      ) : null}
    </div>
  );
}
