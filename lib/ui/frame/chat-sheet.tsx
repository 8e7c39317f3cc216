import { type ReactNode, useCallback } from "react";
import styles from "./chat-sheet.module.css";
import { SheetHandle } from "./sheet-handle";
import { higher, lower, type Rest, restHeight } from "./sheet-rest";
import type { Layout } from "./use-layout";
import { useFrameHeight } from "./use-layout";
import { useSheetDrag } from "./use-sheet-drag";

/** Holds the chat: a column where there is room, a sheet with three rests on a phone. The children never remount. */
export function ChatSheet(props: {
  readonly layout: Layout;
  readonly rest: Rest;
  readonly onRest: (rest: Rest) => void;
  readonly preview: string;
  readonly unread: number;
  readonly label: string;
  readonly children: ReactNode;
}) {
  const { layout, rest, onRest } = props;
  const frameHeight = useFrameHeight();
  const drag = useSheetDrag({
    rest,
    frameHeight,
    onRest,
    onTap: () => onRest(rest === "full" ? lower(rest) : higher(rest)),
  });
  const height = drag.height ?? restHeight(rest, frameHeight);
  const place = useCallback(
    (element: HTMLElement | null) => element?.style.setProperty("--sheet-height", `${height}px`),
    [height],
  );
  return (
    <section
      ref={place}
      className={styles.sheet}
      data-layout={layout}
      data-rest={rest}
      data-dragging={drag.height !== null}
      aria-label={props.label}
    >
      {layout === "sheet" && (
        <SheetHandle
          rest={rest}
          onRest={onRest}
          handlers={drag.handlers}
          preview={props.preview}
          unread={props.unread}
        />
      )}
      {props.children}
    </section>
  );
}
