import { useEffect, useState } from "react";

/**
 * Milliseconds that a question must have been in sight before "yes" counts: a page that lets the frame appear under a
 * finger that is about to press something else gains nothing.
 */
const READ_FIRST_MS = 600;

/** False until what is asked has been in sight for a moment. */
export function useReadFirst(): boolean {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const timer = setTimeout(setReady, READ_FIRST_MS, true);
    return () => clearTimeout(timer);
  }, []);
  return ready;
}
