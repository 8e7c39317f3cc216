import { afterEach, beforeEach, expect, it } from "vitest";
import { type BareSocket, openTcp, upgradeRequest } from "@/tests/support/sync/bare-socket";
import { until } from "@/tests/support/sync/until";
import { type Listener, listen } from "./listen";

/** Milliseconds. */
const HEAD_WITHIN = 600;

let listener: Listener;
let address: string;
const upgraded: string[] = [];
const sockets: BareSocket[] = [];

beforeEach(async () => {
  upgraded.length = 0;
  listener = await listen("127.0.0.1", 0, HEAD_WITHIN);
  address = `http://127.0.0.1:${listener.port}/sync/room?token=x`;
  listener.serve({
    request: (_request, response) => void response.end("here"),
    upgrade: (request, socket) => {
      upgraded.push(request.url ?? "");
      socket.destroy();
    },
  });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await listener.close();
});

async function open(): Promise<BareSocket> {
  const socket = await openTcp(address);
  sockets.push(socket);
  return socket;
}

it("[SY78] an upgrade that is sent byte by byte, in part or not at all is ended, and others are served meanwhile", async () => {
  const whole = upgradeRequest(address);
  const silent = await Promise.all(Array.from({ length: 300 }, open));
  const partial = await Promise.all(Array.from({ length: 300 }, open));
  for (const socket of partial) socket.write(whole.subarray(0, whole.length - 2));
  const slow = await open();
  let sent = 0;
  const drip = setInterval(() => slow.write(whole.subarray(sent, ++sent)), HEAD_WITHIN / 20);
  expect(await (await fetch(address)).text()).toBe("here");
  await until("all are ended", () => [...silent, ...partial, slow].every(({ closed }) => closed));
  clearInterval(drip);
  expect(sent).toBeLessThan(whole.length);
  expect(upgraded).toEqual([]);
  const honest = await open();
  honest.write(whole);
  await until("an honest one is handed on", () => upgraded.length === 1);
});
