import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MAX_PRESENCE_BYTES } from "@/lib/protocol/limits";
import { wire } from "@/lib/protocol/wire";
import { connectRaw } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { startWorld, type World } from "@/tests/support/sync/world";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

describe("presence", () => {
  it("[SY19] nobody speaks as somebody else, nor for another's client id", async () => {
    const victim = world.claims("agent");
    const anna = world.open(victim);
    await until("in", () => anna.getSnapshot().synced);
    const annaId = anna.awareness.clientID;
    anna.awareness.setLocalState({ participantId: victim.participantId, pointer: null });
    const witness = await connectRaw(world.address(world.token(world.claims("agent"))));
    const hostile = await connectRaw(world.address(world.token(world.claims("customer"))));
    await until("anna is seen", () => witness.presence.has(annaId));
    hostile.sendPresence(4_242, 1, { participantId: victim.participantId, pointer: "stolen name" });
    hostile.sendPresence(annaId, 900, { pointer: "stolen id" });
    hostile.sendPresence(annaId, 901, null);
    hostile.sendPresence(7_777, 1, { pointer: "own" });
    hostile.sendPresence(8_888, 1, { pointer: "a second self" });
    await until("the own one arrived", () => witness.presence.has(7_777));
    hostile.sendJson(wire.control, { type: "confirm", id: "confirm-0001" });
    await until("all is handled", () => hostile.control.some((update) => update.type === "done"));
    const first = hostile.control[0];
    const own = first?.type === "welcome" ? first.you : "";
    expect(witness.presence.get(7_777)).toEqual({
      pointer: "own",
      participantId: own,
      who: { name: "customer", role: "customer", color: 0 },
    });
    expect([...witness.presence.keys()].sort()).toEqual([annaId, 7_777].sort());
    expect(witness.presence.get(annaId)).toMatchObject({
      participantId: victim.participantId,
      pointer: null,
    });
  });

  it("[SY19] a state nested too deeply is left out", async () => {
    const witness = await connectRaw(world.address(world.token(world.claims("agent"))));
    const client = await connectRaw(world.address(world.token(world.claims("customer"))));
    let deep: unknown = 0;
    for (let level = 0; level < 2_000; level++) deep = [deep];
    client.sendPresence(5, 1, { draft: deep });
    client.sendPresence(5, 2, { draft: "small" });
    await until("the small one arrived", () => witness.presence.has(5));
    expect(witness.presence.get(5)).toMatchObject({ draft: "small" });
  });

  it("[SY19] a state above the limit is left out", async () => {
    const witness = await connectRaw(world.address(world.token(world.claims("agent"))));
    const client = await connectRaw(world.address(world.token(world.claims("customer"))));
    client.sendPresence(5, 1, { draft: "x".repeat(MAX_PRESENCE_BYTES) });
    client.sendPresence(5, 2, { draft: "small" });
    await until("the small one arrived", () => witness.presence.has(5));
    expect(witness.presence.get(5)).toMatchObject({ draft: "small" });
  });

  it("[SY19] an older state from another connection of hers leaves no ghost", async () => {
    const anna = world.open(world.claims("agent"));
    await until("in", () => anna.getSnapshot().synced);
    const claims = world.claims("customer");
    const enter = () => connectRaw(world.address(world.token(claims)));
    const [first, second] = [await enter(), await enter()];
    first.sendPresence(5, 100, { draft: "new" });
    await until("she is seen", () => anna.awareness.getStates().has(5));
    second.sendPresence(5, 3, { draft: "old" });
    second.sendPresence(5, 4, null);
    second.socket.close();
    first.socket.close();
    await until("she is gone", () => !anna.awareness.getStates().has(5));
  });

  it("[SY19] who is gone leaves no ghost, and is seen at once on return", async () => {
    const anna = world.open(world.claims("agent"));
    const bea = world.open(world.claims("customer"));
    await until("in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
    const seen = () => anna.awareness.getStates().has(bea.awareness.clientID);
    await until("bea is seen", seen);
    world.unplug();
    const offline = () => [anna, bea].every((room) => room.getSnapshot().connection === "offline");
    await until("both are offline", offline);
    world.plug();
    await until("both are back", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
    await until("bea is seen again", seen);
    const gone = bea.awareness.clientID;
    bea.close();
    await until("bea is gone", () => !anna.awareness.getStates().has(gone));
    const late = await connectRaw(world.address(world.token(world.claims("agent"))));
    await until("presence was told", () => late.types.includes(wire.awareness));
    expect([...late.presence.keys()]).toEqual([anna.awareness.clientID]);
  });
});
