import { useRef, useState } from "react";
import type { Score } from "@/lib/protocol/rating";

type RatingState = "asked" | "sending" | "said" | "failed";

/** What she chose, and whether the server has it. One is sent at a time, so that her last word is the last to arrive. */
export function useRating(send: (score: Score) => Promise<void>) {
  const [chosen, setChosen] = useState<Score | null>(null);
  const [state, setState] = useState<RatingState>("asked");
  const wanted = useRef<Score | null>(null);
  const sending = useRef(false);

  async function sendLatest(): Promise<void> {
    let said: Score | null = null;
    while (wanted.current !== null && wanted.current !== said) {
      const score: Score = wanted.current;
      await send(score);
      said = score;
    }
  }

  function rate(score: Score): void {
    wanted.current = score;
    setChosen(score);
    setState("sending");
    if (sending.current) return;
    sending.current = true;
    sendLatest().then(
      () => {
        sending.current = false;
        setState("said");
      },
      () => {
        sending.current = false;
        setState("failed");
      },
    );
  }

  return { chosen, state, rate };
}
