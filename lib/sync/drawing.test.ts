import { afterEach, describe, expect, it } from "vitest";
import { drawMark } from "@/tests/support/sync/draw";
import { until } from "@/tests/support/sync/until";
import { markIds, startWorld, type World } from "@/tests/support/sync/world";

let world: World;
afterEach(() => world.close());

describe("drawing together", () => {
  it("[SY1] two who draw at once end with the same marks", async () => {
    world = await startWorld();
    const anna = world.open(world.claims("agent"));
    const bea = world.open(world.claims("customer"));
    await until("both are in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
    const drawn: string[] = [];
    for (let count = 0; count < 50; count++) {
      drawn.push(drawMark(anna.doc), drawMark(bea.doc));
    }
    drawn.sort();
    await until(
      "everything arrived",
      () => markIds(anna.doc).length === 100 && markIds(bea.doc).length === 100,
    );
    expect(markIds(anna.doc)).toEqual(drawn);
    expect(bea.doc.getMap("marks").toJSON()).toEqual(anna.doc.getMap("marks").toJSON());
  });
});
