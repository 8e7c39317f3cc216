/** Conversations as they come and go on an ordinary day, only faster: two people draw, point, write, reload and leave. */
import { randomUUID } from "node:crypto";
import * as Y from "yjs";
import { marksOf } from "@/lib/panel/schema";
import { wire } from "@/lib/protocol/wire";
import { jsonFrame } from "@/tests/support/sync/honest-frames";
import { until } from "@/tests/support/sync/until";
import { batches } from "./batches";
import type { Running } from "./contenders";
import { type LoadClient, openLoadClient } from "./load-client";
import { Hand } from "./prepared-frames";
import type { BenchRoom, Seat } from "./rooms";

/** Of each person in each visit. */
const STROKES = 25;
const CURSORS = 40;
const MESSAGES = 3;
const PEOPLE = 2;

/**
 * Plays `count` visits, `atOnce` at a time, and waits until the server has freed their rooms.
 * @throws Error when the server refused or closed anything
 */
export async function playVisits(running: Running, count: number, atOnce: number): Promise<void> {
  const rooms = await running.makeRooms(count, PEOPLE);
  await batches(rooms, atOnce, (room) => visit(running, room));
  await running.server.settle();
}

async function visit(running: Running, room: BenchRoom): Promise<void> {
  const [agent, customer] = room.seats;
  if (!agent || !customer) throw new Error("a room without seats");
  const seen = new Y.Doc();
  const reading = await enter(running, room, agent, seen);
  const first = await enter(running, room, customer, null);
  busy(first, new Hand(customer));
  await first.close();
  // A page of the shop later.
  const second = await enter(running, room, customer, null);
  busy(second, new Hand(customer));
  busy(reading, new Hand(agent));
  await until("the agent sees both pages' strokes", () => marksOf(seen).size >= 2 * STROKES);
  await second.close();
  await reading.close();
  seen.destroy();
  const problems = [first, second, reading].flatMap((client) => client.problems);
  if (problems.length > 0) throw new Error(problems.join(", "));
}

function enter(
  { server, dialect }: Running,
  room: BenchRoom,
  seat: Seat,
  doc: Y.Doc | null,
): Promise<LoadClient> {
  return openLoadClient(server.urlFor(0), dialect(room.name, seat), doc);
}

/** Everything that a person does in a visit. */
function busy(client: LoadClient, hand: Hand): void {
  const messages = Array.from({ length: MESSAGES }, () =>
    jsonFrame(wire.chat, { type: "send", clientId: randomUUID(), text: "Would it go with the blue one?" }),
  );
  const typing = [true, false].map((on) => jsonFrame(wire.chat, { type: "typing", typing: on }));
  const seen = jsonFrame(wire.chat, { type: "seen", seq: 1 });
  const strokes = hand.strokes(STROKES).map(({ frame }) => frame);
  for (const frame of [...typing, ...messages, seen, ...strokes, ...hand.cursors(CURSORS)])
    client.send(frame);
}
