import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { applyUpdate, Doc } from "yjs";
import { MAX_ITEMS } from "@/lib/panel/limits";
import { readShown } from "@/lib/panel/schema";
import { assetIdSchema, itemIdSchema } from "@/lib/protocol/ids";
import type { NewItem } from "@/lib/protocol/rooms-port";
import { wire } from "@/lib/protocol/wire";
import { connectRaw } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { startWorld } from "@/tests/support/sync/world";
import { playsNothing, tidyPanel } from "./panel-writes";
import { RoomDocument } from "./room-document";

const picture = (): NewItem => ({
  source: "asset",
  assetId: assetIdSchema.parse(randomUUID()),
  productId: null,
  width: 800,
  height: 600,
  title: "",
});

it("[SY79] past MAX_ITEMS a picture is refused, shown again one that is there, and taken when one was removed", async () => {
  const world = await startWorld();
  const claims = world.claims("agent");
  const agent = await connectRaw(world.address(world.token(claims)));
  const put = (item: NewItem) =>
    world.server.roomsPort.putItem(world.conversationId, item, claims.participantId);
  const pictures = Array.from({ length: MAX_ITEMS }, picture);
  // One lies there from the start.
  const [known, ...more] = pictures.slice(1);
  if (!known) throw new Error("unreachable: there are many");
  const knownId = await put(known);
  const ids = await Promise.all(more.map(put));
  const extra = picture();
  await expect(put(extra)).rejects.toMatchObject({ code: "panel_full" });
  const ask = async (id: string, request: Record<string, unknown>) => {
    agent.sendJson(wire.control, { ...request, id });
    const answer = () => agent.control.find((update) => "id" in update && update.id === id);
    await until("answered", () => answer() !== undefined);
    return answer();
  };
  const show = { type: "show-asset", assetId: world.assetId };
  expect(await ask("request-0001", show)).toMatchObject({ type: "refused", code: "panel_full" });
  expect(await put(known)).toBe(knownId);
  const itemId = itemIdSchema.parse(ids[0]);
  expect(await ask("request-0002", { type: "remove-item", itemId })).toMatchObject({ type: "done" });
  expect(await ask("request-0003", show)).toMatchObject({ type: "done" });
  await expect(put(extra)).rejects.toMatchObject({ code: "panel_full" });
  await world.close();
});

it("[SY26] what lies behind is put there without being shown", () => {
  const document = new RoomDocument({ snapshot: null, updates: [] });
  let number = 0;
  const newId = () => itemIdSchema.parse(`item-000${++number}`);
  const first = document.putItem(picture(), null, newId).itemId;
  const behind = document.putItem({ ...picture(), behind: true }, null, newId).itemId;
  const copy = new Doc();
  applyUpdate(copy, document.missingFor(new Uint8Array([0])));
  expect(readShown(copy)).toBe(first);
  expect(document.findItem(behind)).not.toBeNull();
});

it("[SY86] what plays an item that is gone is taken off the stage", () => {
  const doc = new Doc();
  const stage = doc.getMap("stage");
  stage.set("playback:item-0001", { playing: true, at: 0, since: 0, rate: 1 });
  expect(playsNothing(doc, "playback:item-0001")).toBe(true);
  expect(playsNothing(doc, "shown")).toBe(false);
  tidyPanel(doc, []);
  expect([...stage.keys()]).toEqual([]);
});
