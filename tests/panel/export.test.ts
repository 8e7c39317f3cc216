/** The proof that an export lies as the screen does: one document, painted by Chromium and by the server, pixel by pixel. */
import { createCanvas } from "@napi-rs/canvas";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerFonts } from "@/lib/export/worker/fonts";
import { type ItemPlace, paintItem } from "@/lib/export/worker/paint-item";
import { type ItemWithMarks, readPanel } from "@/lib/export/worker/read-panel";
import { openStill } from "@/lib/export/worker/still";
import { paintedBox } from "@/lib/panel/geometry";
import { type Mark, markKinds } from "@/lib/panel/mark";
import {
  differingShare,
  edgesApart,
  type Pixels,
  paintedWithin,
  readPixels,
} from "../panel-harness/compare-pixels";
import { type Bench, drag, openBench, openPanelPage, type PanelPage, type Side } from "./open-harness";

/** Share of pixels that may differ: edges of glyphs and lines, by two rasterisers. */
const MAX_DIFFERING = 0.005;
/** Pixels that a mark's outer edge may lie elsewhere. */
const MAX_APART = 1;
/** Pixels by which a mark is displaced to see that it is noticed. */
const DISPLACED = 2;

let bench: Bench;
beforeAll(async () => {
  registerFonts();
  bench = await openBench();
});
afterAll(() => bench.close());

/** One of each kind, apart from each other, on the lower half of the picture, then the pan tool so that nothing is held. */
async function drawAllKinds({ page }: PanelPage, side: Side): Promise<void> {
  const picture = await placeOf(side);
  const at = (x: number, y: number): [number, number] => [
    picture.x + x * picture.width,
    picture.y + y * picture.height,
  ];
  for (const [index, tool] of ["arrow", "ellipse", "rect"].entries()) {
    await side.tool(tool);
    await drag(page, side, at(0.1 + index * 0.28, 0.15), at(0.28 + index * 0.28, 0.3));
  }
  await side.tool("pen");
  await drag(page, side, at(0.1, 0.42), at(0.3, 0.5));
  await side.tool("highlighter");
  await drag(page, side, at(0.5, 0.44), at(0.8, 0.48));
  const stage = await side.box();
  const click = ([x, y]: [number, number]) => page.mouse.click(stage.x + x, stage.y + y);
  await side.tool("pin");
  await click(at(0.2, 0.66));
  await side.tool("text");
  await click(at(0.45, 0.64));
  await page.keyboard.type("Łódź: zip worn");
  await page.keyboard.press("Enter");
  await side.holds("data-marks", "7");
  await side.tool("pan");
  await page.keyboard.press("Escape");
}

/** Where the picture lies on the stage now, CSS pixels. */
async function placeOf(side: Side): Promise<ItemPlace> {
  return side.stage.evaluate((stage) => {
    const image = [...stage.querySelectorAll("img")].findLast((each) => each.style.transform !== "");
    const [outer, inner] = [stage.getBoundingClientRect(), image?.getBoundingClientRect()];
    if (!inner) throw new Error("no picture");
    return { x: inner.x - outer.x, y: inner.y - outer.y, width: inner.width, height: inner.height };
  });
}

/** The stage as Chromium shows it, without the controls that lie over it. */
async function screen({ page }: PanelPage, side: Side): Promise<Pixels> {
  await page.mouse.move(0, 0);
  return readPixels(await side.stage.screenshot({ animations: "disabled" }));
}

const hideControls = `[role=toolbar], [data-testid=panel-stage] ~ *, [data-testid=panel-stage] button, [data-testid=panel-minimap], [data-testid=panel-minimap] * { visibility: hidden !important }`;

interface Server {
  paint(item: ItemWithMarks): Promise<Pixels>;
}

/** What the server paints where the picture lies on the stage; around it the stage's own colour, taken from the screen. */
async function serverFor(
  view: Pixels,
  place: ItemPlace,
  item: ItemWithMarks,
  picture: Uint8Array,
): Promise<Server> {
  const still = await openStill(picture, "");
  const scale = place.width / item.item.width;
  const [r, g, b] = view.data;
  return {
    async paint(wanted) {
      const canvas = createCanvas(view.width, view.height);
      const context = canvas.getContext("2d");
      context.fillStyle = `rgb(${r} ${g} ${b})`;
      context.fillRect(0, 0, view.width, view.height);
      paintItem(context, wanted, still, { ...place, pixel: 1 / scale });
      return readPixels(await canvas.encode("png"));
    },
  };
}

const moved = (mark: Mark, by: number): Mark => ({ ...mark, x: mark.x + by, y: mark.y + by });

describe("an export beside the screen", () => {
  for (const { digit, name, zoomed } of [
    { digit: 2, name: "on white", zoomed: false },
    { digit: 3, name: "on black", zoomed: false },
    { digit: 2, name: "zoomed in", zoomed: true },
  ]) {
    it(`[EX1] marks of every kind lie as on the screen, ${name}; one displaced by ${DISPLACED} px is noticed`, async () => {
      const panel = await openPanelPage(bench, { query: "?sides=1", show: digit });
      const { page, call } = panel;
      const side = panel.side(0);
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      await drawAllKinds(panel, side);
      await page.addStyleTag({ content: hideControls });
      if (zoomed) {
        await side.stage.focus();
        await page.keyboard.press("+");
        await expect.poll(() => side.zoom()).toBeGreaterThan(1);
        // Its ring is no part of the picture.
        await side.stage.blur();
      }

      const [item] = readPanel([Uint8Array.from(await call("update", 0))]);
      if (!item) throw new Error("no item");
      expect(item.marks.map((mark) => mark.kind).toSorted()).toEqual(markKinds.toSorted());
      const picture = await fetch(`${bench.server.url}/picture/${digit}/1600`);
      const bytes = new Uint8Array(await picture.arrayBuffer());
      const look = async () => {
        const place = await placeOf(side);
        const seen = await screen(panel, side);
        const server = await serverFor(seen, place, item, bytes);
        return { place, seen, server, painted: await server.paint(item) };
      };
      // The bitmap of marks is painted anew when the view rests.
      await expect
        .poll(async () => {
          const { seen, painted } = await look();
          return differingShare(seen, painted);
        })
        .toBeLessThan(MAX_DIFFERING);

      const { place, seen, server, painted } = await look();
      const bare = await server.paint({ ...item, marks: [] });
      const scale = place.width / item.item.width;
      const areaOf = (mark: Mark) => {
        const box = paintedBox(mark);
        return {
          x: place.x + box.x * scale - 6,
          y: place.y + box.y * scale - 6,
          w: box.w * scale + 12,
          h: box.h * scale + 12,
        };
      };
      const apart = (mark: Mark, other: Pixels) =>
        edgesApart(paintedWithin(seen, bare, areaOf(mark)), paintedWithin(other, bare, areaOf(mark)));
      const shown = item.marks.filter((mark) => {
        const { x, y, w, h } = areaOf(mark);
        return x >= 0 && y >= 0 && x + w <= seen.width && y + h <= seen.height;
      });
      expect(shown.length).toBeGreaterThanOrEqual(zoomed ? 1 : 7);
      for (const mark of shown) {
        expect(paintedWithin(painted, bare, areaOf(mark)), mark.kind).not.toBeNull();
        expect(apart(mark, painted), mark.kind).toBeLessThanOrEqual(MAX_APART);
        const displaced = item.marks.map((each) => (each === mark ? moved(mark, DISPLACED / scale) : each));
        expect(
          apart(mark, await server.paint({ ...item, marks: displaced })),
          `displaced ${mark.kind}`,
        ).toBeGreaterThan(MAX_APART);
      }
      await page.close();
    });
  }
});
