import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itemIdSchema } from "@/lib/protocol/ids";
import type { View } from "@/lib/protocol/presence";
import { MAX_DRAFT_POINTS } from "./limits";
import { boxOfPoints, decodePoints, encodePoints } from "./pen-points";
import { extendTrail, fromDraft, LASER_MS, readPresence, sharedView, toDraft } from "./presence";
import { sampleMark } from "./samples";

const participantId = "00000000-0000-4000-8000-000000000002";
const item = itemIdSchema.parse("item-0001");
const view = (clock: number, together = true): View => ({
  item,
  cx: clock,
  cy: 0,
  zoom: 1,
  w: 10,
  h: 10,
  clock,
  together,
});

describe("the shared view", () => {
  it("[PA10] the highest clock leads, in whatever order the views arrive", () => {
    const views = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 5 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(views, (entries) => {
        const all = new Map(entries.map(([client, clock]) => [client, { ...view(clock), cy: client }]));
        const forward = sharedView(all);
        expect(sharedView([...all].reverse())).toEqual(forward);
        expect(forward?.clock ?? 0).toBe(Math.max(0, ...[...all.values()].map((each) => each.clock)));
      }),
    );
  });

  it("[PA10] who looks alone leads nobody", () => {
    expect(
      sharedView([
        [1, view(9, false)],
        [2, view(3)],
      ])?.clock,
    ).toBe(3);
    expect(sharedView([[1, view(9, false)]])).toBeNull();
  });
});

describe("reading presence", () => {
  it("[PA11] anything is read without throwing", () => {
    fc.assert(
      fc.property(fc.anything(), (state) => {
        const read = readPresence(state);
        expect(read === null || typeof read.participantId === "string").toBe(true);
      }),
    );
  });

  it("[PA11] a broken draft or view does not hide the cursor", () => {
    const pointer = { item, x: 1, y: 2, mode: "cursor" };
    const read = readPresence({ participantId, pointer, draft: { id: 7 }, view: { ...view(1), zoom: 99 } });
    expect(read).toEqual({ participantId, pointer });
  });

  it("[PA11] the view of a second picture is read like the first, and a broken one hides nothing", () => {
    const both = { participantId, view: view(1), beside: view(2) };
    expect(readPresence(both)).toEqual(both);
    expect(readPresence({ ...both, beside: { ...view(2), cx: 1e9 } })).toEqual({
      participantId,
      view: view(1),
    });
    expect(readPresence({ ...both, beside: null })).toEqual({ participantId, view: view(1) });
  });

  it("[PA11] a draft stroke is thinned to its limit and comes back as a mark", () => {
    const points = Array.from({ length: 3_000 }, (_, index) => ({
      x: index,
      y: Math.sin(index / 50) * 90,
      pressure: 0.5,
    }));
    const box = boxOfPoints(points);
    const draft = toDraft(sampleMark({ kind: "pen", ...box, points: encodePoints(points, box) }));
    expect(JSON.stringify(draft).length).toBeLessThan(6_000);
    const mark = fromDraft(draft, participantId);
    expect(mark && decodePoints(mark.points ?? new Uint8Array(), mark)).toHaveLength(MAX_DRAFT_POINTS);
    expect(fromDraft({ ...draft, kind: "script" }, participantId)).toBeNull();
    expect(fromDraft({ ...draft, points: "!!" }, participantId)).toBeNull();
    expect(fromDraft({ ...draft, color: "url(x)" }, participantId)).toBeNull();
  });

  it("[PA11] a laser's trail fades", () => {
    const pointer = { item, x: 1, y: 1, mode: "laser" as const };
    const trail = extendTrail(extendTrail([], pointer, 0), { ...pointer, x: 2 }, 100);
    expect(trail).toHaveLength(2);
    expect(extendTrail(trail, null, 100 + LASER_MS)).toEqual([]);
  });
});
