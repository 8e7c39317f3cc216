/** What the two ends of a mirror give the benchmark, whoever's mirror it is. Each is a page's script of its own. */

interface CustomerEnd {
  /** Begins to mirror; the line is open already. */
  start(): void;
}

interface DeskEnd {
  /** The replica, once there is one. */
  document(): Document | null;
}

declare global {
  interface Window {
    customerEnd: CustomerEnd;
    deskEnd: DeskEnd;
  }
}

/** The line to the other end, by the relay. */
export function openLine(
  role: "customer" | "desk",
  receive: (data: string | ArrayBuffer) => void,
): WebSocket {
  const session = new URL(location.href).hash.slice(1);
  const socket = new WebSocket(`ws://${location.host}/${role}/${session}`);
  socket.binaryType = "arraybuffer";
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => receive(data);
  return socket;
}

export const isText = (data: string | ArrayBuffer): data is string => typeof data === "string";
