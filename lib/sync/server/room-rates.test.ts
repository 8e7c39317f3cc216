import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ParticipantId, participantIdSchema } from "@/lib/protocol/ids";
import {
  MAX_FRAMES_PER_SECOND,
  MAX_PARTICIPANTS,
  MAX_ROOM_BYTES_PER_SECOND,
  MAX_ROOM_WORK_MS_PER_SECOND,
  MAX_WORK_MS_PER_SECOND,
} from "@/lib/protocol/limits";
import { wire } from "@/lib/protocol/wire";
import { drawMark } from "@/tests/support/sync/draw";
import { presenceFrame } from "@/tests/support/sync/honest-frames";
import { connectRaw, type RawClient } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { startWorld, type World } from "@/tests/support/sync/world";
import { RoomRates } from "./room-rates";

const who = (n: number): ParticipantId =>
  participantIdSchema.parse(`00000000-0000-4000-8000-0000000000${10 + n}`);

describe("a room's budgets", () => {
  const people = Array.from({ length: MAX_PARTICIPANTS }, (_, n) => who(n));

  /** Frames a second that each sends for half a minute. @returns how many of them were taken */
  function send(rates: RoomRates, perSecond: ReadonlyMap<ParticipantId, number>): Map<ParticipantId, number> {
    const taken = new Map<ParticipantId, number>();
    for (let tick = 0; tick < 300; tick++) {
      const now = tick * 100;
      for (const [id, frames] of perSecond) {
        for (let count = 0; count < frames / 10; count++) {
          if (rates.of(id, now).takeFrame(100, now)) taken.set(id, (taken.get(id) ?? 0) + 1);
        }
      }
    }
    return taken;
  }

  it("[SY76] sixteen who draw and point at once stay within all of them", () => {
    const drawing = new Map(people.map((id) => [id, 50]));
    const taken = send(new RoomRates(0), drawing);
    expect([...taken.values()]).toEqual(people.map(() => 50 * 30));
  });

  it("[SY76] where most are noisy, those who are not lose nothing", () => {
    const quiet = people.slice(0, 4);
    const rates = new Map(people.map((id) => [id, quiet.includes(id) ? 40 : MAX_FRAMES_PER_SECOND]));
    const taken = send(new RoomRates(0), rates);
    for (const id of quiet) expect(taken.get(id)).toBe(40 * 30);
    // Each is within her own budget; a single one refused ends a connection.
    const noisy = people.slice(4).reduce((sum, id) => sum + (taken.get(id) ?? 0), 0);
    expect(noisy).toBeLessThan(12 * MAX_FRAMES_PER_SECOND * 30);
  });

  it("[SY76] bytes count as frames do", () => {
    const rates = new RoomRates(0);
    const bytes = 500_000;
    let taken = 0;
    for (let count = 0; count < 200; count++) {
      for (const id of people) if (rates.of(id, 0).takeFrame(bytes, 0)) taken += bytes;
    }
    // What may come at once, and one frame of each that was within her own share.
    expect(taken).toBeLessThan(MAX_ROOM_BYTES_PER_SECOND * 20 + people.length * bytes);
  });
});

describe("the server's time", () => {
  const rates = new RoomRates(0);
  const own = rates.of(who(0), 0);

  it("[SY81] who has spent hers waits until it has grown again, and the others need not", () => {
    // One that costs more than there is: known only afterwards.
    expect(own.takeFrame(100, 0)).toBe(true);
    own.spendWork(MAX_WORK_MS_PER_SECOND * 60, 0);
    expect(own.takeFrame(100, 0)).toBe(false);
    expect(rates.of(who(1), 0).takeFrame(100, 0)).toBe(true);
    expect(own.takeFrame(100, 9_000)).toBe(false);
    expect(own.takeFrame(100, 11_000)).toBe(true);
  });

  it("[SY81] when the room's is spent, who took no more than her share goes on", () => {
    const noisy = Array.from({ length: 4 }, (_, n) => rates.of(who(2 + n), 20_000));
    const quiet = rates.of(who(9), 20_000);
    for (const each of noisy) each.spendWork(MAX_ROOM_WORK_MS_PER_SECOND * 13, 20_000);
    quiet.spendWork(MAX_ROOM_WORK_MS_PER_SECOND, 20_000);
    expect(quiet.takeFrame(100, 20_000)).toBe(true);
    for (const each of noisy) expect(each.takeFrame(100, 20_000)).toBe(false);
    expect(rates.takeFrame(100, 20_000)).toBe(false);
  });
});

describe("a participant whose frames take long", () => {
  /** Milliseconds that pass with each look at the clock. */
  let step = 0;
  let clock = Date.now();

  it("[SY81] is closed with 4429, and another in her room is not", async () => {
    const world = await startWorld({ now: () => (clock += step) });
    const slow = await connectRaw(world.address(world.token(world.claims("customer"), 1e9)));
    const other = await connectRaw(world.address(world.token(world.claims("customer"), 1e9)));
    step = 400;
    let sent = 0;
    while (slow.closeCode === null && sent < 100) {
      slow.sendJson(wire.control, { type: "confirm", id: `confirm-${1_000 + sent}` });
      sent++;
      const answered = () => slow.control.filter((update) => update.type === "done").length === sent;
      await until("dealt with", () => answered() || slow.closeCode !== null);
    }
    step = 0;
    expect(slow.closeCode).toBe(4429);
    other.sendJson(wire.control, { type: "confirm", id: "confirm-0001" });
    await until("the other goes on", () => other.control.some((update) => update.type === "done"));
    await world.close();
  });
});

describe("a participant of many connections", () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const enter = (token: string) => connectRaw(world.address(token));
  const ended = (clients: readonly RawClient[]) => clients.filter(({ closeCode }) => closeCode === 4429);

  it("[SY76] has one budget for all of them", async () => {
    const claims = world.claims("customer");
    const tabs = await Promise.all(Array.from({ length: 8 }, () => enter(world.token(claims))));
    // Together more than one may in ten seconds, each far less.
    for (let count = 0; count < 250; count++)
      for (const tab of tabs) tab.send(presenceFrame(count, 1, { participantId: claims.participantId }));
    await until("some were ended", () => ended(tabs).length > 0);
    const other = await enter(world.token(world.claims("customer")));
    other.sendJson(wire.control, { type: "confirm", id: "confirm-0001" });
    await until("another is not concerned", () => other.control.some((update) => update.type === "done"));
  });

  it("[SY76] gets no new one by coming back", async () => {
    const claims = world.claims("customer");
    let connections = 0;
    let last: RawClient;
    do {
      last = await enter(world.token(claims));
      for (let count = 0; count < 30; count++)
        last.sendJson(wire.chat, { type: "typing", typing: count % 2 === 0 });
      last.sendJson(wire.control, { type: "confirm", id: "confirm-0001" });
      const answered = () => last.control.some((update) => update.type === "done");
      await until("dealt with", () => answered() || last.closeCode !== null);
      last.socket.terminate();
      connections++;
    } while (last.closeCode === null && connections < 20);
    expect(last.closeCode).toBe(4429);
    expect(connections).toBeLessThan(10);
  });

  it("[SY82] does not come back as often as she likes, and the others may", async () => {
    const claims = world.claims("customer");
    const codes: (number | null)[] = [];
    while (codes.length < 60 && !codes.includes(4429)) {
      const client = await enter(world.token(claims));
      codes.push(client.closeCode);
      client.socket.terminate();
    }
    expect(codes).toContain(4429);
    expect(codes.length).toBeGreaterThan(30);
    expect((await enter(world.token(world.claims("customer")))).closeCode).toBeNull();
  });

  it("[SY76] refusals are counted over all of them too", async () => {
    const claims = world.claims("supervisor");
    const tabs = await Promise.all(Array.from({ length: 8 }, () => enter(world.token(claims))));
    const witness = world.open(world.claims("agent"));
    await until("in", () => witness.getSnapshot().synced);
    drawMark(witness.doc);
    await until("stored", () => !witness.getSnapshot().unsaved);
    const [update] = world.journal.parts(world.conversationId);
    if (!update) throw new Error("nothing is stored");
    const foreign = update.slice();
    // Another Yjs client's, so that it is new: the id's lowest byte.
    foreign[2] = (foreign[2] ?? 0) ^ 1;
    for (let count = 0; count < 8; count++) for (const tab of tabs) tab.sendUpdate(foreign);
    await until("some were ended", () => ended(tabs).length > 0);
    expect(witness.getSnapshot().connection).toBe("online");
  });
});
