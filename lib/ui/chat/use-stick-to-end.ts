/**
 * Scrolling of a log: at the end it follows what arrives, anywhere else it leaves the reader where she is,
 * also when earlier messages are put in above her.
 */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** CSS pixels from the end within which a reader counts as being at the end: less than one line of text. */
const END_SLACK_PX = 24;

export interface StickToEnd {
  readonly boxRef: RefObject<HTMLDivElement | null>;
  readonly contentRef: RefObject<HTMLDivElement | null>;
  readonly atEnd: boolean;
  readonly onScroll: () => void;
  readonly toEnd: (smooth: boolean) => void;
}

/**
 * @param firstKey key of the first row: another one means that earlier rows were put in above.
 * @param ownLastKey key of the last row when it is one's own: writing something brings one to the end.
 */
export function useStickToEnd(firstKey: string | undefined, ownLastKey: string | undefined): StickToEnd {
  const boxRef = useRef<HTMLDivElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const heightBefore = useRef(0);
  const firstBefore = useRef(firstKey);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback((smooth: boolean) => {
    const box = boxRef.current;
    if (box === null) return;
    sticks.current = true;
    setAtEnd(true);
    box.scrollTo({ top: box.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }, []);

  const onScroll = useCallback(() => {
    const box = boxRef.current;
    if (box === null) return;
    sticks.current = box.scrollHeight - box.scrollTop - box.clientHeight <= END_SLACK_PX;
    setAtEnd(sticks.current);
  }, []);

  useLayoutEffect(() => {
    const box = boxRef.current;
    if (box === null) return;
    const grown = box.scrollHeight - heightBefore.current;
    if (firstBefore.current !== firstKey && !sticks.current) box.scrollTop += grown;
    firstBefore.current = firstKey;
    heightBefore.current = box.scrollHeight;
  });

  useLayoutEffect(() => {
    if (ownLastKey !== undefined) toEnd(false);
  }, [ownLastKey, toEnd]);

  // Pictures that load, a composer that grows, a keyboard that opens: all change the height without a new message.
  useEffect(() => {
    const box = boxRef.current;
    const content = contentRef.current;
    if (box === null || content === null) return;
    const observer = new ResizeObserver(() => {
      heightBefore.current = box.scrollHeight;
      if (sticks.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(box);
    observer.observe(content);
    return () => observer.disconnect();
  }, []);

  return { boxRef, contentRef, atEnd, onScroll, toEnd };
}
