/** The visitor's conversation: looked up when she is known, opened with the first thing she does. */
import { useCallback, useEffect, useRef, useState } from "react";
import { AppError } from "@/lib/protocol/errors";
import type { ConversationId } from "@/lib/protocol/ids";
import { ROOM_TOKEN_SECONDS } from "@/lib/protocol/limits";
import { fetchRoomToken, type OpenedConversation, openConversation } from "./frame-api";
import { conversationStarted } from "./page-events";
import type { Bridge } from "./use-bridge";
import { useVisitorToken } from "./use-visitor-token";

type ConversationState =
  /** Nobody has told who the visitor is, or the server has not answered yet. */
  | { readonly kind: "looking" }
  | { readonly kind: "none" }
  | { readonly kind: "open"; readonly conversationId: ConversationId }
  | { readonly kind: "unreachable" };

/** The token that came with the answer is used for the first connection if it is no older than this share of its life. */
const FRESH_SHARE = 0.5;

/** The token is no longer hers: she was erased, logged in or out, or has a newer one. */
const isRefused = (error: unknown) => error instanceof AppError && error.code === "unauthorized";

export interface Conversation {
  readonly state: ConversationState;
  /** Opens one if there is none. @throws AppError */
  readonly ensure: () => Promise<ConversationId>;
  readonly getToken: () => Promise<string>;
  readonly lookAgain: () => void;
  /** After the end: back to the first screen. */
  readonly reset: () => void;
}

export function useConversation(bridge: Bridge, locale: string): Conversation {
  const { hello, send, trigger } = bridge;
  const visitorToken = hello?.visitorToken ?? null;
  const language = hello?.page.language ?? "";
  const [state, setState] = useState<ConversationState>({ kind: "looking" });
  const [looks, setLooks] = useState(0);
  const current = useRef<{ opened: OpenedConversation; at: number; used: boolean } | null>(null);
  const opening = useRef<Promise<ConversationId> | null>(null);
  const renew = useCallback((refused: string) => send({ type: "renew-visitor", refused }), [send]);
  const token = useVisitorToken(visitorToken, renew);

  const take = useCallback((opened: OpenedConversation) => {
    current.current = { opened, at: Date.now(), used: false };
    setState({ kind: "open", conversationId: opened.conversationId });
  }, []);

  const refused = useCallback(
    (error: unknown, refusedToken: string) => {
      if (isRefused(error)) renew(refusedToken);
    },
    [renew],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `looks` asks again
  useEffect(() => {
    if (visitorToken === null || current.current !== null) return;
    let gone = false;
    openConversation({ visitorToken, create: false, locale, language, trigger: "" }).then(
      (opened) => {
        if (gone || current.current !== null) return;
        if (opened === null) setState({ kind: "none" });
        else take(opened);
      },
      (error: unknown) => {
        if (gone) return;
        refused(error, visitorToken);
        setState({ kind: "unreachable" });
      },
    );
    return () => {
      gone = true;
    };
  }, [visitorToken, locale, language, looks, take, refused]);

  const ensure = useCallback((): Promise<ConversationId> => {
    if (current.current !== null) return Promise.resolve(current.current.opened.conversationId);
    opening.current ??= (async () => {
      try {
        const open = (visitor: string) =>
          openConversation({
            visitorToken: visitor,
            create: true,
            locale,
            language,
            trigger: trigger.current,
          });
        const asked = await token.soon();
        const opened = await open(asked).catch(async (error: unknown) => {
          if (!isRefused(error)) throw error;
          return open(await token.soon(asked));
        });
        if (opened === null) throw new AppError("internal", "no conversation was opened");
        take(opened);
        send({ type: "told", event: { ...conversationStarted } });
        return opened.conversationId;
      } finally {
        opening.current = null;
      }
    })();
    return opening.current;
  }, [locale, language, take, token.soon, send, trigger]);

  const getToken = useCallback(async () => {
    const held = current.current;
    if (held === null || token.now.current === null) throw new AppError("unavailable", "no conversation");
    const fresh = Date.now() - held.at < ROOM_TOKEN_SECONDS * 1_000 * FRESH_SHARE;
    if (!held.used && fresh) {
      held.used = true;
      return held.opened.roomToken;
    }
    const asked = token.now.current;
    return fetchRoomToken(held.opened.conversationId, asked).catch((error: unknown) => {
      refused(error, asked);
      throw error;
    });
  }, [token.now, refused]);

  const lookAgain = useCallback(() => {
    if (token.now.current === null) renew("");
    setLooks((count) => count + 1);
  }, [token.now, renew]);
  useEffect(() => {
    window.addEventListener("online", lookAgain);
    return () => window.removeEventListener("online", lookAgain);
  }, [lookAgain]);
  const reset = useCallback(() => {
    current.current = null;
    setState({ kind: "none" });
  }, []);

  return { state, ensure, getToken, lookAgain, reset };
}
