/** A line that can be cut: refuses and drops connections, or lets them stand while nothing passes. */

import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

export interface TcpProxy {
  readonly port: number;
  /** Connections break, and new ones are refused. */
  cut(): void;
  /** Lets so many bytes pass, either way, and is cut then. */
  cutAfter(bytes: number): void;
  /** Connections stand, and nothing passes: what a dead switch does. */
  freeze(): void;
  heal(): void;
  close(): Promise<void>;
}

export async function openTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let state: "open" | "cut" | "frozen" = "open";
  let left = Number.POSITIVE_INFINITY;
  const server = createServer((near) => {
    if (state === "cut") {
      near.destroy();
      return;
    }
    const far = connect(targetPort, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => {
        // What is sent into a frozen line is lost with it.
        if (state === "open") to.write(bytes);
        left -= bytes.length;
        if (left <= 0 && state === "open") cut();
      });
      from.on("error", () => undefined);
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const cut = () => {
    state = "cut";
    drop();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    cutAfter(bytes) {
      left = bytes;
    },
    freeze() {
      state = "frozen";
    },
    heal() {
      // A stream with a hole in it is no stream: whoever held one through the freeze has to dial again.
      if (state === "frozen") drop();
      state = "open";
      left = Number.POSITIVE_INFINITY;
    },
    async close() {
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
