import { useEffect, useRef } from "react";

/** Milliseconds without a keystroke after which one no longer types. */
const TYPING_ENDS_MS = 4_000;

/** Says "typing" once when it begins and once when it ends, not with every key. */
export function useTyping(onTyping: ((typing: boolean) => void) | undefined) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const say = useRef(onTyping);
  useEffect(() => {
    say.current = onTyping;
  }, [onTyping]);

  function stop(): void {
    if (timer.current === undefined) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    say.current?.(false);
  }

  function typed(hasText: boolean): void {
    if (!hasText) {
      stop();
      return;
    }
    if (timer.current === undefined) say.current?.(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(stop, TYPING_ENDS_MS);
  }

  useEffect(() => () => clearTimeout(timer.current), []);
  return { typed, stop };
}
