import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type MirrorWorld, startMirrorWorld } from "@/tests/support/mirror/mirror-world";
import { until } from "@/tests/support/sync/until";
import { ViewerFeed } from "./viewer-feed";

let database: TestDatabase;
let world: MirrorWorld;
beforeAll(async () => {
  database = await openTestDatabase("postgres");
});
afterAll(() => database.close());
beforeEach(async () => {
  world = await startMirrorWorld(database, { askFullMs: 50, lagMs: 5 });
});
afterEach(() => world.close());

/** More than kernel and socket take, within what a capture may send at once. */
const CHANGE_BYTES = 60_000;
const CHANGES = 110;

it("[MI113] an agent who does not read holds up nobody, costs little, and has the page as it is once she reads", async () => {
  const customer = await world.share("page");
  const anna = await world.watch("anna");
  const ben = await world.watch("ben");
  ben.socket.pause();
  const filler = "x".repeat(CHANGE_BYTES);
  for (let seq = 1; seq <= CHANGES; seq++) {
    customer.send("delta", 1, seq, `${seq} ${filler}`);
    await until(`the other has change ${seq}`, () => anna.frames.length === seq + 1);
  }
  // Of six megabytes a slow line holds what the socket took, and no queue behind it.
  expect(world.relay.figures().unsentBytes).toBeLessThan(2 * 65_536 + CHANGE_BYTES);
  ben.socket.resume();
  await until("asked for the whole", () => customer.of("send-full").length === 2);
  customer.send("full", 1, CHANGES, "whole");
  customer.send("delta", 1, CHANGES + 1, "and on");
  await until("caught up", () => ben.payloads().at(-1) === "and on");
  expect(ben.payloads().at(-2)).toBe("whole");
  expect(ben.frames.length).toBeLessThan(CHANGES);
  await until("the other goes on", () => anna.payloads().at(-1) === "and on");
  expect(anna.frames).toHaveLength(CHANGES + 2);
});

it("[MI113] the capture hears of the one who is fastest, and that nobody answers when nobody does", async () => {
  const customer = await world.share("page");
  const anna = await world.watch("anna");
  const ben = await world.watch("ben");
  anna.ask({ type: "applied", epoch: 1, seq: 7 });
  ben.ask({ type: "applied", epoch: 1, seq: 2 });
  await until("told", () => customer.of("lag").some(({ seq }) => seq === 7));
  await anna.asked({ type: "unwatch" });
  await until("told of the other", () => customer.of("lag").at(-1)?.seq === 2);
  await ben.asked({ type: "unwatch" });
  await until("told that none answers", () => customer.of("lag").at(-1)?.seq === null);
});

/** A line that takes `room` frames and then none until it is freed. */
function openLine(room: number) {
  const taken: string[] = [];
  const sent: (() => void)[] = [];
  let waiting = 0;
  const line = {
    waiting: () => waiting,
    transmit(frame: Uint8Array, done: () => void) {
      taken.push(Buffer.from(frame).toString());
      sent.push(done);
      waiting = sent.length >= room ? 1_000 : 0;
    },
  };
  const free = () => {
    waiting = 0;
    for (const done of sent.splice(0)) done();
  };
  return { line, taken, free };
}
const frame = (text: string) => Buffer.from(text);
const limits = { queueBytes: 30, socketBytes: 100 };

it("[MI113] pointers go first: only the newest waits, and only behind what the page is made of", () => {
  const { line, taken, free } = openLine(1);
  const feed = new ViewerFeed(line, limits, () => undefined);
  feed.catchUp([frame("page")]);
  feed.push(frame("1"));
  for (const at of ["a", "b", "c"]) feed.point(frame(at));
  free();
  feed.push(frame("2"));
  free();
  free();
  expect(taken).toEqual(["page", "1", "2", "c"]);
});

it("[MI113] a whole page larger than what may wait is no reason to be dropped; what comes behind it is", () => {
  const { line, taken, free } = openLine(1);
  let lacks = 0;
  const feed = new ViewerFeed(line, limits, () => lacks++);
  feed.catchUp([frame("x".repeat(500)), frame("y".repeat(500))]);
  for (let change = 0; change < 3; change++) feed.push(frame("0123456789"));
  expect(feed.inStep).toBe(true);
  for (let change = 0; change < 3; change++) feed.push(frame("0123456789"));
  expect(feed.inStep).toBe(false);
  expect(taken).toHaveLength(1);
  feed.catchUp([frame("too early")]);
  expect(taken).toHaveLength(1);
  free();
  expect(lacks).toBe(1);
  feed.catchUp([frame("whole")]);
  free();
  expect(taken.at(-1)).toBe("whole");
});
