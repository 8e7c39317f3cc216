/** The visitor's token as the shop's page told it last, also for what she does before the page has told one. */
import { type RefObject, useCallback, useEffect, useRef } from "react";
import { AppError } from "@/lib/protocol/errors";

/** Milliseconds that what she sent may wait for the page; then she is told, and has her words back. */
const PATIENCE_MS = 10_000;

export interface VisitorToken {
  /** Null until the page has told one. */
  readonly now: RefObject<string | null>;
  /** The one told already, or the next. @param refused is not it @throws AppError unavailable when none comes in time */
  readonly soon: (refused?: string) => Promise<string>;
}

/** @param ask has the page tell again: where its first question to the server failed, it would not by itself. */
export function useVisitorToken(visitorToken: string | null, ask: (refused: string) => void): VisitorToken {
  const now = useRef(visitorToken);
  now.current = visitorToken;
  const waiting = useRef(new Set<(token: string) => void>());

  useEffect(() => {
    if (visitorToken !== null) for (const take of waiting.current) take(visitorToken);
  }, [visitorToken]);

  const soon = useCallback(
    async (refused = ""): Promise<string> => {
      if (now.current !== null && now.current !== refused) return now.current;
      ask(refused);
      return new Promise((resolve, reject) => {
        const settle = (done: () => void) => {
          clearTimeout(timer);
          waiting.current.delete(take);
          done();
        };
        const take = (token: string) => {
          if (token !== refused) settle(() => resolve(token));
        };
        const timer = setTimeout(
          () => settle(() => reject(new AppError("unavailable", "the shop's page has not said hello"))),
          PATIENCE_MS,
        );
        waiting.current.add(take);
      });
    },
    [ask],
  );
  return { now, soon };
}
