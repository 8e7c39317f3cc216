/** The proof that a page of the PDF lies as the item's own picture does, which tests/panel/export.test holds against the screen. */
import { createCanvas } from "@napi-rs/canvas";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closePaperPool, readPaper } from "@/lib/media/paper/read-paper";
import { paintedBox } from "@/lib/panel/geometry";
import { type Mark, markKinds } from "@/lib/panel/mark";
import { boxOfPoints, encodePoints } from "@/lib/panel/pen-points";
import type { Item } from "@/lib/panel/schema";
import { assetIdSchema, itemIdSchema, markIdSchema } from "@/lib/protocol/ids";
import {
  differingShare,
  edgesApart,
  type Pixels,
  paintedWithin,
  readPixels,
} from "@/tests/panel-harness/compare-pixels";
import { registerFonts } from "./fonts";
import { paintItem } from "./paint-item";
import type { ItemWithMarks } from "./read-panel";
import { openStill } from "./still";
import { writePaper } from "./write-paper";

/** Pixels that a mark's outer edge may lie elsewhere. */
const MAX_APART = 1;
/** Share of pixels that may differ: edges of glyphs and lines, by two rasterisers. */
const MAX_DIFFERING = 0.005;
/** Pixels by which a mark is displaced to see that it is noticed. */
const DISPLACED = 3;

beforeAll(registerFonts);
afterAll(closePaperPool);

/** Light, and not white: so the picture is found on its page. */
const COLOUR = { r: 120, g: 190, b: 230 };

function itemOf(width: number, height: number): Item {
  return {
    id: itemIdSchema.parse("item-00000001"),
    source: "asset",
    assetId: assetIdSchema.parse("00000000-0000-4000-8000-000000000001"),
    ...{ productId: null, width, height, title: "", duration: null, page: null, covered: false },
    ...{ addedBy: "", order: 1 },
  };
}

/** One of each kind, in two rows. */
function marksOn({ id: item, width, height }: Item): Mark[] {
  return markKinds.map((kind, index) => {
    const place = { x: (0.06 + (index % 4) * 0.24) * width, y: (index < 4 ? 0.15 : 0.6) * height };
    const box = { ...place, w: 0.14 * width, h: 0.14 * height };
    const points = [0, 0.25, 0.5, 0.75, 1].map((at) => {
      return { x: box.x + at * box.w, y: box.y + Math.abs(at - 0.5) * box.h, pressure: 0.5 };
    });
    const isStroke = kind === "pen" || kind === "highlighter";
    const around = isStroke ? boxOfPoints(points) : box;
    return {
      ...{
        id: markIdSchema.parse(`mark-${index}-000000`),
        item,
        kind,
        author: "",
        color: "#b3003c",
        width: 8,
      },
      ...around,
      points: isStroke ? encodePoints(points, around) : null,
      ...{ text: kind === "text" ? "Zip worn" : "", number: kind === "pin" ? 1 : 0 },
      ...{ moment: null, createdAt: index },
    };
  });
}

const words = {
  ...{ title: "Pictures", heading: "Pictures", shop: "Shop", date: "today", takingPart: "Taking part" },
  ...{ drawnBy: "Drawn by", somebody: "Somebody" },
  page: "Page {page} of {pages}",
};

/** The item's page, cut to its picture, in the picture's own pixels. */
async function onPaper(each: ItemWithMarks, picture: Buffer): Promise<Pixels> {
  const bytes = await writePaper([each], { words, people: [] }, "missing", async () => ({
    caption: "A caption of two words, and some more",
    picture,
  }));
  for await (const { page, bytes: png } of readPaper(bytes, new AbortController().signal)) {
    if (page !== 2) continue;
    const { left, top, right, bottom } = boxOfColour(await readPixels(png));
    const cut = sharp(png).extract({ left, top, width: right - left + 1, height: bottom - top + 1 });
    const { width, height } = each.item;
    return readPixels(await cut.resize(width, height, { fit: "fill" }).png().toBuffer());
  }
  throw new Error("no page of the item");
}

function boxOfColour({ data, width, height }: Pixels) {
  const box = { left: width, top: height, right: 0, bottom: 0 };
  const isPicture = (at: number) =>
    [COLOUR.r, COLOUR.g, COLOUR.b].every(
      (value, channel) => Math.abs((data[at + channel] ?? 0) - value) < 12,
    );
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isPicture((y * width + x) * 4)) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  return box;
}

/** As the item is exported by itself. */
async function asPicture(each: ItemWithMarks, picture: Buffer): Promise<Pixels> {
  const { width, height } = each.item;
  const canvas = createCanvas(width, height);
  paintItem(canvas.getContext("2d"), each, await openStill(picture, ""), { x: 0, y: 0, width, height });
  return readPixels(await canvas.encode("png"));
}

describe("a page of the panel's PDF", () => {
  it.each([
    ["on its side", 1_200, 800],
    ["upright", 700, 1_100],
  ])(
    "[EX1] %s has marks of every kind where the item's picture has them, and a displaced one is noticed",
    async (_name, width, height) => {
      const item = itemOf(width, height);
      const marks = marksOn(item);
      const pins = new Map(marks.flatMap(({ id, kind }) => (kind === "pin" ? [[id, 1] as const] : [])));
      const picture = await sharp({ create: { width, height, channels: 3, background: COLOUR } })
        .png()
        .toBuffer();
      const on = (shown: readonly Mark[]): ItemWithMarks => ({ item, marks: shown, pins });
      const [paper, alone, bare] = [
        await onPaper(on(marks), picture),
        await asPicture(on(marks), picture),
        await asPicture(on([]), picture),
      ];
      expect(differingShare(paper, alone)).toBeLessThan(MAX_DIFFERING);
      for (const mark of marks) {
        const box = paintedBox(mark);
        const area = { x: box.x - 8, y: box.y - 8, w: box.w + 16, h: box.h + 16 };
        const [here, there] = [paintedWithin(paper, bare, area), paintedWithin(alone, bare, area)];
        expect(here, mark.kind).not.toBeNull();
        expect(edgesApart(here, there), mark.kind).toBeLessThanOrEqual(MAX_APART);
        const elsewhere = marks.map((each) => (each === mark ? { ...each, x: each.x + DISPLACED } : each));
        const displaced = paintedWithin(await asPicture(on(elsewhere), picture), bare, area);
        expect(edgesApart(here, displaced), `displaced ${mark.kind}`).toBeGreaterThan(MAX_APART);
      }
    },
  );
});
