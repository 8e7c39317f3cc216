/** A website of a test's own, at an address of its own: a fetcher tells hosts apart by it. */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

export interface Host {
  /** Such as http://127.0.0.2:40123. */
  readonly base: string;
  /** Ends what is still being answered, too. */
  close(): void;
}

export async function openHost(answer: RequestListener, address = "127.0.0.2"): Promise<Host> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://${address}:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
