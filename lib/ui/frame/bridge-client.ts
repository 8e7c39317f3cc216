/**
 * The frame's end of the message bridge to the loader. It trusts a message only from the parent window and only from an
 * origin of the shop's list (FR7), and speaks to those origins only.
 */
import { BRIDGE, type ToFrame, type ToLoader, toFrameSchema } from "@/lib/protocol/bridge";

/** A message for the loader without the mark that all of ours carry. */
export type LoaderMessage = ToLoader extends infer Message
  ? Message extends ToLoader
    ? Omit<Message, "app">
    : never
  : never;

export interface BridgeClient {
  send(message: LoaderMessage): void;
  close(): void;
}

/** The message if we may believe it, else null. */
export function readParentMessage(
  event: Pick<MessageEvent, "origin" | "source" | "data">,
  parent: unknown,
  allowedOrigins: readonly string[],
): ToFrame | null {
  if (event.source !== parent || !allowedOrigins.includes(event.origin)) return null;
  const parsed = toFrameSchema.safeParse(event.data);
  return parsed.success ? parsed.data : null;
}

export function openBridge(options: {
  readonly frame: Window;
  readonly allowedOrigins: readonly string[];
  /** @param port what came with it */
  readonly onMessage: (message: ToFrame, port: MessagePort | null) => void;
}): BridgeClient {
  const { frame, allowedOrigins } = options;
  const { parent } = frame;
  /** Known as soon as the first message came; until then every allowed origin is addressed, and browsers drop the rest. */
  let parentOrigin = likelyParent(frame, allowedOrigins);

  const receive = (event: MessageEvent) => {
    const message = readParentMessage(event, parent, allowedOrigins);
    if (message === null) return;
    parentOrigin = event.origin;
    options.onMessage(message, event.ports[0] ?? null);
  };
  frame.addEventListener("message", receive);

  return {
    send(message) {
      const targets = parentOrigin === null ? allowedOrigins : [parentOrigin];
      for (const target of targets) parent.postMessage({ app: BRIDGE, ...message }, target);
    },
    close: () => frame.removeEventListener("message", receive),
  };
}

/** Where browsers tell who embeds us, saves addressing origins that are not there. */
function likelyParent(frame: Window, allowedOrigins: readonly string[]): string | null {
  const ancestor = frame.location.ancestorOrigins?.[0];
  return ancestor !== undefined && allowedOrigins.includes(ancestor) ? ancestor : null;
}
