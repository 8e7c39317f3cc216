/** What rooms cost while nothing happens in them, and whether it all comes back when they are closed. */
import { batches } from "./batches";
import type { Running } from "./contenders";
import { framed } from "./framing";
import { openLoadClient } from "./load-client";
import { Hand } from "./prepared-frames";

const OPEN_AT_ONCE = 25;
/** So that a room is not empty. */
const STROKES_PER_ROOM = 10;

export interface MemoryResult {
  readonly kilobytesPerRoom: number;
  /** Resident memory after all rooms are closed, of what it was before. */
  readonly afterOfBefore: number;
}

export async function occupy(running: Running, rooms: number): Promise<MemoryResult> {
  const { server } = running;
  // As many were open once before: code, pools and how far the heap has grown are no room's. What grows again is.
  await (await openRooms(running, rooms)).close();
  const before = (await server.measure(true)).residentBytes;
  const opened = await openRooms(running, rooms);
  const open = (await server.measure(true)).residentBytes;
  await opened.close();
  const after = (await server.measure(true)).residentBytes;
  return { kilobytesPerRoom: (open - before) / 1_024 / rooms, afterOfBefore: after / before };
}

async function openRooms({ server, dialect, makeRooms }: Running, count: number) {
  const clients = await batches(await makeRooms(count, 1), OPEN_AT_ONCE, async ({ name, seats }) => {
    const [seat] = seats;
    if (seat === undefined) throw new Error("a room without seats");
    const framing = dialect(name, seat);
    const client = await openLoadClient(server.urlFor(0), framing);
    const hand = new Hand(seat);
    const frames = [...hand.strokes(STROKES_PER_ROOM).map(({ frame }) => frame), ...hand.cursors(1)];
    for (const frame of frames) client.send(framed(framing, frame));
    return client;
  });
  return {
    async close() {
      await Promise.all(clients.map((client) => client.close()));
      await server.settle();
    },
  };
}
