/** How one connection speaks to one kind of server: where it connects, and what stands around every frame. */
import * as encoding from "lib0/encoding";
import type { Seat } from "./rooms";

export interface Framing {
  /** Path and query of the websocket's address. */
  readonly path: string;
  /** Stands before every frame in both directions. */
  readonly prefix: Uint8Array;
  /** Sent first. */
  readonly hello: readonly Uint8Array[];
  /** False: nobody answers a state vector, being connected is being in. */
  readonly answers: boolean;
}

export type Dialect = (room: string, seat: Seat) => Framing;

const none = new Uint8Array();

export const plain: Dialect = (_room, seat) => ({ path: seat.path, prefix: none, hello: [], answers: true });

export const relayed: Dialect = (room, seat) => ({ ...plain(room, seat), answers: false });

/** @hocuspocus/server carries several documents over one socket, and opens each by an authentication message. */
export const hocuspocus: Dialect = (room) => {
  const prefix = encoding.encode((encoder) => encoding.writeVarString(encoder, room));
  const token = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 2);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, "anybody");
  });
  return { path: "/", prefix, hello: [token], answers: true };
};

export function framed(framing: Framing, frame: Uint8Array): Uint8Array {
  if (framing.prefix.length === 0) return frame;
  const whole = new Uint8Array(framing.prefix.length + frame.length);
  whole.set(framing.prefix);
  whole.set(frame, framing.prefix.length);
  return whole;
}
