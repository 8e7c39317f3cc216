import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { websocketFrame } from "./websocket-frame";

const sockets = new WebSocketServer({ noServer: true });
const http = createServer();
let client: WebSocket;
let stream: Duplex;

beforeAll(async () => {
  http.on("upgrade", (request, socket, head) => {
    stream = socket;
    sockets.handleUpgrade(request, socket, head, () => undefined);
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  await once(client, "open");
});
afterAll(() => {
  client.terminate();
  http.close();
});

it.each([0, 1, 125, 126, 65_535, 65_536, 200_000])(
  "[SY10] a frame of %i bytes reaches its reader byte for byte",
  async (length) => {
    const payload = Buffer.from(new Uint8Array(length).map((_, index) => index % 251));
    const message = once(client, "message");
    stream.write(websocketFrame(payload));
    const [data, isBinary] = await message;
    expect(isBinary).toBe(true);
    expect(payload.equals(data)).toBe(true);
  },
);
