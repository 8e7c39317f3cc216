"use client";
/** One picture, two side by side (one above the other where it is higher than wide), or one over the other. */
import { useCell } from "./cell";
import { PaneProvider, useComparison, usePanel } from "./panel-provider";
import styles from "./panes.module.css";
import { PanelStage } from "./stage";

/** @param toolbarHeight CSS pixels that the floating tools cover at the bottom. */
export function Panes({ toolbarHeight }: { readonly toolbarHeight: number }) {
  const panel = usePanel();
  const comparison = useComparison();
  const compared = useCell(panel.second.item);
  const beside = comparison?.mode === "beside" && compared !== null;
  return (
    <div className={styles.panes} style={{ "--tools": `${toolbarHeight}px` } as React.CSSProperties}>
      <div className={styles.pair} data-beside={beside}>
        <PaneProvider pane={panel.first}>
          <PanelStage toolbarHeight={toolbarHeight} />
        </PaneProvider>
        {beside ? (
          <PaneProvider pane={panel.second}>
            <PanelStage toolbarHeight={toolbarHeight} />
          </PaneProvider>
        ) : null}
      </div>
    </div>
  );
}
