import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { closeCodes, finalCloseCodes } from "@/lib/protocol/close-codes";
import type { Room } from "@/lib/sync/client/room";
import { type Cluster, startCluster } from "@/tests/support/sync/cluster";
import { drawMark } from "@/tests/support/sync/draw";
import { type NodeProcess, startNodeProcess } from "@/tests/support/sync/node-process-handle";
import { connectRaw } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { markIds } from "@/tests/support/sync/world";

/** Between two strokes of one participant, milliseconds: more than a hand can do. */
const STROKE_EVERY_MS = 15;
const NO_GHOSTS_AFTER_MS = 10_000;

let cluster: Cluster;
let staying: NodeProcess;
let ending: NodeProcess;
let anna: Room;
let bea: Room;
let stopDrawing: () => void = () => undefined;

beforeEach(async () => {
  cluster = await startCluster();
  const place = { database: cluster.databaseUrl, redisUrl: cluster.redis.url };
  [staying, ending] = await Promise.all([startNodeProcess(place), startNodeProcess(place)]);
  anna = cluster.open(cluster.place.agent, "agent", () => staying.baseUrl);
  // Her balancer sends her elsewhere once the node does not answer any more.
  bea = cluster.open(cluster.place.customer, "customer", () => (ending.ended ? staying : ending).baseUrl);
  await until("both are in", () => [anna, bea].every((room) => room.getSnapshot().synced));
  const drawing = setInterval(() => {
    drawMark(anna.doc);
    drawMark(bea.doc);
  }, STROKE_EVERY_MS);
  stopDrawing = () => clearInterval(drawing);
  await until("drawing", () => markIds(anna.doc).length > 40 && markIds(bea.doc).length > 40);
});
afterEach(async () => {
  stopDrawing();
  await staying.kill("SIGKILL");
  await ending.kill("SIGKILL");
  await cluster.close();
});

async function drawOnAndCompare() {
  const drawn = markIds(bea.doc).length;
  await until("back, and drawing", () => bea.getSnapshot().synced && markIds(bea.doc).length > drawn + 40);
  stopDrawing();
  await until("the same", () => markIds(anna.doc).join() === markIds(bea.doc).join());
  await until("stored", () => !anna.getSnapshot().unsaved && !bea.getSnapshot().unsaved);
  expect(anna.doc.getMap("marks").toJSON()).toEqual(bea.doc.getMap("marks").toJSON());
  expect(markIds(await cluster.stored())).toEqual(markIds(anna.doc));
}

const ids = (room: Room) => new Set(markIds(room.doc));

describe("a node that ends in the middle of drawing", () => {
  it("[SY92, SY13] by SIGKILL: the others go on, its people come back elsewhere, no stroke is lost and no ghost stays", async () => {
    bea.awareness.setLocalState({ participantId: cluster.place.customer, pointer: null });
    const before = bea.awareness.clientID;
    await until("presence", () => anna.awareness.getStates().has(before));
    const drawn = ids(bea);
    await ending.kill("SIGKILL");
    await drawOnAndCompare();
    for (const id of drawn) expect(ids(anna)).toContain(id);
    bea.close();
    await until("no ghost", () => !anna.awareness.getStates().has(before), NO_GHOSTS_AFTER_MS);
    expect(anna.getSnapshot().lastRefusal).toBeNull();
  }, 60_000);

  it("[SY97] by SIGTERM: it hands its people over with a code that brings them back at once, and no stroke is lost", async () => {
    const raw = await connectRaw(cluster.address(ending, cluster.place.customer, "customer"));
    const drawn = ids(bea);
    expect(await ending.kill("SIGTERM")).toBe(0);
    expect(raw.closeCode).toBe(closeCodes.restarting);
    expect(finalCloseCodes).not.toContain(closeCodes.restarting);
    await drawOnAndCompare();
    for (const id of drawn) expect(ids(anna)).toContain(id);
    expect(bea.getSnapshot().lastRefusal).toBeNull();
  }, 60_000);
});
