/** Somebody comes to a panel that is full already: what it costs the server, and how soon everything is there. */
import * as Y from "yjs";
import { marksOf } from "@/lib/panel/schema";
import { until } from "@/tests/support/sync/until";
import { median } from "../table";
import type { Running } from "./contenders";
import { framed } from "./framing";
import { openLoadClient } from "./load-client";
import { Hand } from "./prepared-frames";
import type { Seat } from "./rooms";

export const MARKS = 5_000;
/** A board of this many marks stays below every server's largest frame. */
const MARKS_PER_BOARD = 500;
/** One that comes a little later, so that joins do not share a tick. */
const BETWEEN_JOINS_MS = 20;

export interface LateJoinResult {
  /** Of the server's process for one join. */
  readonly cpuMs: number;
  /** From connecting until the whole document's bytes are here; reading them costs every client the same. */
  readonly syncedMs: number;
}

export async function joinLate(running: Running, joins: number): Promise<LateJoinResult> {
  const { server, dialect } = running;
  const [room] = await running.makeRooms(1, 2);
  const [drawing, joining] = room?.seats ?? [];
  if (room === undefined || drawing === undefined || joining === undefined)
    throw new Error("no room was made");
  const filler = await openLoadClient(server.urlFor(0), dialect(room.name, drawing));
  const watched = new Y.Doc();
  const watcher = await openLoadClient(server.urlFor(0), dialect(room.name, joining), watched);
  const hand = new Hand(drawing);
  for (let marks = 0; marks < MARKS; marks += MARKS_PER_BOARD) {
    filler.send(framed(dialect(room.name, drawing), hand.board(MARKS_PER_BOARD)));
  }
  await until("the panel is full", () => marksOf(watched).size === MARKS, 30_000);
  await watcher.close();
  await joinOnce(running, room.name, joining);
  const before = await server.measure();
  const times: number[] = [];
  for (let join = 0; join < joins; join++) times.push(await joinOnce(running, room.name, joining));
  const after = await server.measure();
  await filler.close();
  await server.settle();
  return { cpuMs: (after.cpuMicros - before.cpuMicros) / 1_000 / joins, syncedMs: median(times) };
}

async function joinOnce({ server, dialect }: Running, room: string, seat: Seat): Promise<number> {
  const start = performance.now();
  const client = await openLoadClient(server.urlFor(0), dialect(room, seat));
  const took = performance.now() - start;
  await client.close();
  await new Promise((resolve) => setTimeout(resolve, BETWEEN_JOINS_MS));
  return took;
}
