/** The bridge as React state: what the loader told last, and the few things we ask it for. */

import { useCallback, useEffect, useRef, useState } from "react";
import type { ToFrame } from "@/lib/protocol/bridge";
import type { Line } from "@/lib/protocol/events";
import { randomId } from "@/lib/sync/client/random-id";
import { type BridgeClient, type LoaderMessage, openBridge } from "./bridge-client";

export type Hello = Extract<ToFrame, { type: "hello" }>;

/** Milliseconds after which the shop's page is taken not to answer. */
const CART_ANSWER_MS = 10_000;

export interface Bridge {
  /** Null until the loader has introduced the visitor; again and again when the page or the visitor changes. */
  readonly hello: Hello | null;
  readonly visible: boolean;
  readonly send: (message: LoaderMessage) => void;
  /** False when the shop's page refused or did not answer. */
  readonly addToCart: (line: Line, currency: string) => Promise<boolean>;
  /** Is given a port to our script in the page when that was asked for; null when it could not be loaded. @returns stop */
  readonly onMirrorPort: (take: (port: MessagePort | null) => void) => () => void;
}

export function useBridge(allowedOrigins: readonly string[]): Bridge {
  const [hello, setHello] = useState<Hello | null>(null);
  const [visible, setVisible] = useState(true);
  const client = useRef<BridgeClient | null>(null);
  const mirror = useRef<((port: MessagePort | null) => void) | null>(null);
  const carts = useRef(new Map<string, (ok: boolean) => void>());
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
          case "visible":
            setVisible(message.visible);
            return;
          case "mirror-port":
            if (mirror.current) mirror.current(port);
            else port?.close();
            return;
          case "mirror-failed":
            mirror.current?.(null);
            return;
          case "cart-result":
            carts.current.get(message.requestId)?.(message.ok);
        }
      },
    });
    client.current = opened;
    opened.send({ type: "ready" });
    return () => opened.close();
  }, [origins]);

  const send = useCallback((message: LoaderMessage) => client.current?.send(message), []);

  const addToCart = useCallback((line: Line, currency: string) => {
    const requestId = randomId();
    return new Promise<boolean>((resolve) => {
      const answer = (ok: boolean) => {
        clearTimeout(timer);
        carts.current.delete(requestId);
        resolve(ok);
      };
      const timer = setTimeout(answer, CART_ANSWER_MS, false);
      carts.current.set(requestId, answer);
      client.current?.send({ type: "add-to-cart", requestId, line, currency });
    });
  }, []);

  const onMirrorPort = useCallback((take: (port: MessagePort | null) => void) => {
    mirror.current = take;
    return () => {
      if (mirror.current === take) mirror.current = null;
    };
  }, []);

  return { hello, visible, send, addToCart, onMirrorPort };
}
