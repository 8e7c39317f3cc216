/** A line that can be cut: refuses and drops connections, or lets them stand while little or nothing passes. */

import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { openLane, type Pace } from "./slow-lane";

export interface TcpProxy {
  readonly port: number;
  /** Connections break, and new ones are refused. */
  cut(): void;
  /** Lets so many bytes pass, either way, and is cut then. */
  cutAfter(bytes: number): void;
  /** Connections stand, and nothing passes: what a dead switch does. */
  freeze(): void;
  /** What passes takes its time, either way; null: no more than it has to. */
  slow(pace: Pace | null): void;
  heal(): void;
  close(): Promise<void>;
}

/**
 * @param target a port of this machine, or the path of a socket. For a line that is slow take the latter: what the kernel
 * holds of a connection between two ports may be megabytes, which no slow line ever has
 */
export async function openTcpProxy(target: number | string): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let state: "open" | "cut" | "frozen" = "open";
  let left = Number.POSITIVE_INFINITY;
  let pace: Pace | null = null;
  const server = createServer((near) => {
    if (state === "cut") {
      near.destroy();
      return;
    }
    const far = typeof target === "string" ? connect(target) : connect(target, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      const arrive = (bytes: Buffer) => {
        // What is sent into a frozen line is lost with it.
        if (state === "open") to.write(bytes);
      };
      const pass = openLane(from, arrive, () => pace);
      from.on("data", (bytes) => {
        pass(bytes);
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
    slow(wanted) {
      pace = wanted;
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
