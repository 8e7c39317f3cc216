/**
 * A shop's system as our adapters meet it: a server of our own on this machine that answers in a platform's documented
 * shapes, and misbehaves when a test says so.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a text. */
  readonly body?: unknown;
}

/** What happens instead of an answer; null: nothing, it answers as it should. */
type Fault = (asked: Asked) => Reply | "hangs" | null;

export interface StandIn {
  readonly address: string;
  /** All that was asked, oldest first. */
  readonly asked: Asked[];
  fault: Fault | null;
  close(): Promise<void>;
}

export async function startStandIn(answer: (asked: Asked) => Reply): Promise<StandIn> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const one = await read(request);
    asked.push(one);
    const reply = standIn.fault?.(one) ?? answer(one);
    if (reply === "hangs") return;
    const { status = 200, headers = {}, body = "" } = reply;
    const text = typeof body === "string" ? body : JSON.stringify(body);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const standIn: StandIn = {
    address: `http://127.0.0.1:${port}`,
    asked,
    fault: null,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return standIn;
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? "",
    url: new URL(request.url ?? "", "http://stand-in"),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString(),
  };
}
