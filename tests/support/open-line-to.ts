/** A line to a server that may be as slow as a test wants: what waits for it waits with the server, not in the kernel. */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { openTcpProxy, type TcpProxy } from "./tcp-proxy";

/** @param handleUpgrade the server's, of the websockets that come in by the line */
export async function openLineTo(
  handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
): Promise<TcpProxy> {
  const folder = await mkdtemp(join(tmpdir(), "vetrina-line-"));
  const door = createServer().on("upgrade", handleUpgrade);
  const path = join(folder, "door");
  await new Promise<void>((listening) => door.listen(path, listening));
  const line = await openTcpProxy(path);
  return {
    ...line,
    async close() {
      await line.close();
      await new Promise((closed) => door.close(closed));
      await rm(folder, { recursive: true });
    },
  };
}
