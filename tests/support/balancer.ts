/**
 * A balancer before several processes, as plain as can be: each connection goes to the next process that answers, and
 * those of live rooms take turns of their own. Nothing sticks.
 */
import { connect, createServer, type Socket } from "node:net";
import { SYNC_PATH } from "@/lib/protocol/wire";

export interface Balancer {
  close(): Promise<void>;
}

/** @param targets ports */
export async function openBalancer(port: number, targets: readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  const turns = { rooms: 0, rest: 0 };
  const pass = (near: Socket, first: Buffer, kind: keyof typeof turns, left = targets.length) => {
    const target = targets[turns[kind]++ % targets.length];
    if (target === undefined || left === 0) {
      near.destroy();
      return;
    }
    const far = connect(target, "127.0.0.1");
    far.once("error", () => pass(near, first, kind, left - 1));
    far.once("connect", () => {
      far.removeAllListeners("error");
      far.on("error", () => near.destroy());
      far.write(first);
      near.pipe(far).pipe(near);
      near.on("close", () => far.destroy());
      far.on("close", () => near.destroy());
    });
  };
  const server = createServer((near) => {
    sockets.add(near);
    near.on("error", () => near.destroy());
    near.on("close", () => sockets.delete(near));
    near.once("data", (first) => {
      near.pause();
      pass(near, first, first.toString("latin1", 0, 64).startsWith(`GET ${SYNC_PATH}/`) ? "rooms" : "rest");
    });
  });
  await new Promise<void>((resolve) => server.listen(port, resolve));
  return {
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
