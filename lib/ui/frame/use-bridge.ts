/** The bridge as React state: what the loader told last, and the few things we ask it for. */

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { CartAnswer } from "@/lib/protocol/basket";
import type { ToFrame } from "@/lib/protocol/bridge";
import type { Line } from "@/lib/protocol/line";
import { randomId } from "@/lib/sync/client/random-id";
import { type BridgeClient, type LoaderMessage, openBridge } from "./bridge-client";
import { addedToCart } from "./page-events";

export type Hello = Extract<ToFrame, { type: "hello" }>;

/** Milliseconds after which the shop's page is taken not to answer. */
const CART_ANSWER_MS = 10_000;

export type Asked = Extract<ToFrame, { type: "ask" }>;

export interface Bridge {
  /** What the shop's page opened us about; a new object each time. */
  readonly asked: Asked | null;
  /** Null until the loader has introduced the visitor; again and again when the page or the visitor changes. */
  readonly hello: Hello | null;
  readonly visible: boolean;
  /** What opened us last; empty when the page does not know. */
  readonly trigger: RefObject<string>;
  readonly send: (message: LoaderMessage) => void;
  /** What the shop's page answers; `no-answer` when it does not in time. */
  readonly addToCart: (line: Line, currency: string, put?: Put) => Promise<CartAnswer>;
  /** Is given a port to our script in the page when that was asked for; null when it could not be loaded. @returns stop */
  readonly onMirrorPort: (take: (port: MessagePort | null) => void) => () => void;
}

interface Put {
  /** The same for every try to put the same: what is in the cart already is not put again. */
  readonly key?: string;
  readonly withinMs?: number;
  /** On the shop's wish list instead; the line's id is the product's. */
  readonly wishlist?: boolean;
}

export function useBridge(allowedOrigins: readonly string[]): Bridge {
  const [hello, setHello] = useState<Hello | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [visible, setVisible] = useState(true);
  const trigger = useRef("");
  const client = useRef<BridgeClient | null>(null);
  const mirror = useRef<((port: MessagePort | null) => void) | null>(null);
  const carts = useRef(new Map<string, (answer: CartAnswer) => void>());
  const origins = allowedOrigins.join(" ");

  useEffect(() => {
    const opened = openBridge({
      frame: window,
      allowedOrigins: origins.split(" "),
      onMessage(message, port) {
        switch (message.type) {
          case "hello":
            setHello(message);
            return;
          case "ask":
            setAsked(message);
            return;
          case "visible":
            setVisible(message.visible);
            trigger.current = message.by ?? "";
            return;
          case "mirror-port":
            if (mirror.current) mirror.current(port);
            else port?.close();
            return;
          case "mirror-failed":
            mirror.current?.(null);
            return;
          case "cart-result":
            carts.current.get(message.requestId)?.(message);
        }
      },
    });
    client.current = opened;
    opened.send({ type: "ready" });
    return () => opened.close();
  }, [origins]);

  const send = useCallback((message: LoaderMessage) => client.current?.send(message), []);

  const addToCart = useCallback((line: Line, currency: string, put?: Put) => {
    const requestId = randomId();
    return new Promise<CartAnswer>((resolve) => {
      const answer = ({ ok, reason }: CartAnswer) => {
        clearTimeout(timer);
        carts.current.delete(requestId);
        // What was put before a page load was told then.
        if (ok && reason !== "already" && !put?.wishlist)
          client.current?.send({ type: "told", event: { ...addedToCart(line, currency) } });
        resolve({ ok, reason });
      };
      const { withinMs = CART_ANSWER_MS, ...more } = put ?? {};
      const timer = setTimeout(answer, withinMs, { ok: false, reason: "no-answer" });
      carts.current.set(requestId, answer);
      client.current?.send({ type: "add-to-cart", requestId, line, currency, ...more });
    });
  }, []);

  const onMirrorPort = useCallback((take: (port: MessagePort | null) => void) => {
    mirror.current = take;
    return () => {
      if (mirror.current === take) mirror.current = null;
    };
  }, []);

  return { hello, asked, visible, trigger, send, addToCart, onMirrorPort };
}
