/** One connection of the load: bare frames, and a document only where somebody looks at what arrives. */
import * as decoding from "lib0/decoding";
import WebSocket from "ws";
import * as Y from "yjs";
import { wire } from "@/lib/protocol/wire";
import { type Framing, framed } from "./framing";
import { emptyStateVectorFrame, nothingMissingFrame } from "./prepared-frames";

/** @hocuspocus/server's own type for a sync frame that wants no answer. */
const SYNC_REPLY = 4;
const OPEN_WITHIN_MS = 20_000;

export interface LoadClient {
  /** Sends a frame prepared with {@link framed}. */
  send(frame: Uint8Array): void;
  /** Why the server refused something or closed; empty when all went well. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/** Resolves when in: everything that the server has arrived, and is in `doc`. */
export function openLoadClient(url: string, framing: Framing, doc: Y.Doc | null = null): Promise<LoadClient> {
  const socket = new WebSocket(url + framing.path, { perMessageDeflate: false });
  const problems: string[] = [];
  const at = framing.prefix.length;
  let closing = false;
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not in after ${OPEN_WITHIN_MS} ms`)), OPEN_WITHIN_MS);
    const client: LoadClient = {
      send: (frame) => socket.send(frame),
      problems,
      close: () =>
        new Promise((closed) => {
          closing = true;
          socket.once("close", () => closed());
          socket.close();
        }),
    };
    const enter = () => {
      clearTimeout(late);
      resolve(client);
    };
    socket.on("open", () => {
      for (const frame of framing.hello) socket.send(framed(framing, frame));
      if (framing.answers) socket.send(framed(framing, emptyStateVectorFrame));
      else enter();
    });
    socket.on("message", (data: Buffer) => {
      const type = data[at];
      if (type === wire.sync || type === SYNC_REPLY) {
        const kind = data[at + 1];
        if (kind === 0) socket.send(framed(framing, nothingMissingFrame));
        else if (doc !== null) Y.applyUpdate(doc, bodyOf(data, at + 2));
        if (kind === 1) enter();
      } else if (type === wire.control) {
        const text = Buffer.from(bodyOf(data, at + 1)).toString();
        if (text.includes('"refused"')) problems.push(text);
      }
    });
    socket.on("error", reject);
    socket.on("close", (code) => {
      if (!closing) problems.push(`closed with ${code}`);
      reject(new Error(`closed with ${code}`));
    });
  });
}

function bodyOf(data: Buffer, from: number): Uint8Array {
  return decoding.readVarUint8Array(decoding.createDecoder(data.subarray(from)));
}
