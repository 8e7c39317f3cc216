/** Two agents, one of them on a line of 50 kbit a second: the page of the other does not wait for hers, and hers comes. */
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import type { MirrorClient } from "@/tests/support/mirror/mirror-client";
import { type MirrorWorld, startMirrorWorld } from "@/tests/support/mirror/mirror-world";
import { openLineTo } from "@/tests/support/open-line-to";
import { until } from "@/tests/support/sync/until";
import type { TcpProxy } from "@/tests/support/tcp-proxy";
import { openDraft, writeDraft } from "../capture/draft";
import { Replica, readFrame } from "../capture/replica.fixture";
import { defaultMirrorOptions } from "./options";

let database: TestDatabase;
let line: TcpProxy;
let world: MirrorWorld;
beforeAll(async () => {
  database = await openTestDatabase("postgres");
});
afterAll(() => database.close());
afterEach(async () => {
  await world.close();
  await line.close();
});

async function start(options: Parameters<typeof startMirrorWorld>[1]): Promise<void> {
  world = await startMirrorWorld(database, options);
  line = await openLineTo(world.handleUpgrade);
}

const LIST = 2;
const HEADLINE = 3;

/** What a capture tells of a page whose headline changes again and again, while a list below it grows. */
class Page {
  seq = 0;
  private headline = "0";

  full(): string {
    const items = Array.from({ length: this.seq }, (_, index) => HEADLINE + 1 + index);
    const draft = openDraft();
    draft.n.push([1, 9, 0], [LIST, 1, "ul", 0, []], [HEADLINE, 3, this.headline]);
    for (const id of items) draft.n.push([id, 1, "li", 0, []]);
    draft.k.push([1, 0, 0, LIST], [LIST, 0, 0, HEADLINE, ...items]);
    return writeDraft(draft) ?? "";
  }

  /** The body of the next delta. */
  change(filler: string): string {
    this.seq++;
    this.headline = `${this.seq} ${filler}`;
    const draft = openDraft();
    const id = HEADLINE + this.seq;
    draft.n.push([id, 1, "li", 0, []]);
    draft.k.push([LIST, this.seq, 0, id]);
    draft.x.push([HEADLINE, this.headline]);
    return writeDraft(draft) ?? "";
  }
}

interface Desk {
  readonly client: MirrorClient;
  readonly replica: Replica;
  /** What no viewer could apply. */
  readonly wrong: string[];
  /** Whole pages that came. */
  fulls: number;
}

/** An agent's desk: applies what comes as it comes, and tells how far it is. */
async function openDesk(who: "anna" | "ben", port?: number): Promise<Desk> {
  const client = await world.open(who, port);
  const desk: Desk = { client, replica: new Replica(), wrong: [], fulls: 0 };
  client.socket.on("message", (data: Buffer, isBinary) => {
    if (!isBinary) return;
    try {
      const frame = readFrame(data.toString("base64"));
      desk.replica.receive(frame);
      if (frame.kind === "full") desk.fulls++;
      client.ask({ type: "applied", epoch: frame.epoch, seq: frame.seq });
    } catch (error) {
      desk.wrong.push(String(error));
    }
  });
  await client.asked({ type: "watch" });
  return desk;
}

/** The customer's tab: whoever asks for the whole page is sent it. */
async function share(page: Page): Promise<MirrorClient> {
  const customer = await world.share(page.full());
  customer.socket.on("message", (data: Buffer, isBinary) => {
    if (!isBinary && data.includes('"send-full"')) customer.send("full", 1, page.seq, page.full());
  });
  return customer;
}

/** In all less than what is kept for late viewers, and more than line, socket and queue of a slow one hold. */
const CHANGES = 120;
const CHANGE_BYTES = 16_000;
/** 50 kbit a second; 200 ms there and back. */
const SLOW = { bytesPerSecond: 6_250, delayMs: 100 };

it("[MI113] of two agents one has 50 kbit a second: the other waits for nothing, and both end with the same page", async () => {
  await start({ askFullMs: 50, lagMs: 5 });
  const page = new Page();
  const customer = await share(page);
  line.slow(SLOW);
  const [fast, slow] = [await openDesk("anna"), await openDesk("ben", line.port)];
  await until("both have the page", () => [fast, slow].every(({ replica }) => replica.seq === 0));
  const asked = customer.of("send-full").length;

  const filler = "x".repeat(CHANGE_BYTES);
  const peak = { unsent: 0, queued: 0 };
  for (let change = 1; change <= CHANGES; change++) {
    customer.send("delta", 1, change, page.change(filler));
    await until(`the fast one has change ${change}`, () => fast.replica.seq === change);
    const { unsentBytes, queuedBytes } = world.relay.figures();
    peak.unsent = Math.max(peak.unsent, unsentBytes);
    peak.queued = Math.max(peak.queued, queuedBytes);
  }
  // It was slow indeed, and what waited for it was dropped when it became too much.
  expect(slow.replica.seq).toBeLessThan(CHANGES / 2);
  const { queueBytes, socketBytes } = defaultMirrorOptions;
  const frames = 4 * CHANGE_BYTES;
  expect(peak.queued).toBeGreaterThan(queueBytes / 2);
  expect(peak.queued).toBeLessThan(queueBytes + frames);
  expect(peak.unsent).toBeLessThan(2 * socketBytes + frames);

  line.slow(null);
  await until("the slow one has the page as it is", () => slow.replica.seq === CHANGES);
  // By the page once more, not by all that led there.
  expect(customer.of("send-full").length).toBeGreaterThan(asked);
  expect(slow.fulls).toBeGreaterThan(1);
  expect(slow.client.frames.length).toBeLessThan((CHANGES * 3) / 4);
  expect(slow.replica.outline()).toBe(fast.replica.outline());
  expect(slow.replica.outline()).toContain(`"${CHANGES} x`);
  expect(world.relay.figures().queuedBytes).toBe(0);

  customer.send("delta", 1, CHANGES + 1, page.change("and on"));
  await until("both go on", () => [fast, slow].every(({ replica }) => replica.seq === CHANGES + 1));
  expect(slow.replica.outline()).toBe(fast.replica.outline());
  expect([...fast.wrong, ...slow.wrong]).toEqual([]);
  expect(fast.fulls).toBe(1);
  expect(slow.client.closeCode).toBeNull();
});

/** A page that takes a line of `SLOWER` two seconds, four times as long as there is between two pings. */
const PAGE_BYTES = 40_000;
const SLOWER = { bytesPerSecond: 20_000, delayMs: 20 };

it("[MI130] an agent whose line takes seconds for the page is not taken for dead meanwhile", async () => {
  await start({ pingMs: 500 });
  const page = new Page();
  page.change("x".repeat(PAGE_BYTES));
  await world.share(page.full());
  line.slow(SLOWER);
  const desk = await openDesk("ben", line.port);
  await until("she has the page, or was cut off", () => desk.fulls === 1 || desk.client.closeCode !== null);
  expect(desk.client.closeCode).toBeNull();
  expect(desk.wrong).toEqual([]);
});

it("[MI130] nor is a customer whose line takes seconds for her page", async () => {
  await start({ pingMs: 500 });
  const customer = await world.open("customer", line.port);
  await customer.asked({ type: "share", resume: null });
  const agent = await world.watch("anna");
  line.slow(SLOWER);
  customer.send("full", 1, 0, "x".repeat(PAGE_BYTES));
  await until("it came, or she was cut off", () => agent.frames.length > 0 || customer.closeCode !== null);
  expect(customer.closeCode).toBeNull();
  expect(agent.frames).toHaveLength(1);
});
