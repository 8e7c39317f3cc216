import fc from "fast-check";
import { expect, describe as group, it } from "vitest";
import { markIdSchema } from "@/lib/protocol/ids";
import { describe, pinNumbers, placeOf } from "./describe";
import { inkOn, palette, paletteEntry } from "./palette";
import { sampleMark } from "./samples";

const picture = { width: 900, height: 900 };

group("in words", () => {
  it("[PA13] a circle at the top right with a label beside it is described with its note", () => {
    const circle = sampleMark({ kind: "ellipse", x: 700, y: 50, w: 100, h: 100 });
    const label = sampleMark({
      id: markIdSchema.parse("mark-text"),
      kind: "text",
      text: "zip\nhere",
      x: 710,
      y: 150,
      w: 60,
      h: 20,
    });
    expect(describe(circle, [circle, label], picture)).toEqual({
      author: "anna",
      kind: "ellipse",
      place: "topRight",
      note: "zip here",
      number: 0,
    });
  });

  it("[PA13] an arrow is where it points", () => {
    expect(placeOf(sampleMark({ kind: "arrow", x: 50, y: 50, w: 800, h: 800 }), picture)).toBe("bottomRight");
    expect(placeOf(sampleMark({ x: 400, y: 400, w: 100, h: 100 }), picture)).toBe("centre");
  });

  it("[PA12] every pin has a number of its own, the same whatever the order they are read in", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 12 }), (numbers) => {
        const pins = numbers.map((number, index) =>
          sampleMark({
            id: markIdSchema.parse(`mark-${1_000 + index}`),
            kind: "pin",
            number,
            createdAt: index,
          }),
        );
        const shown = pinNumbers(pins);
        expect(new Set(shown.values()).size).toBe(pins.length);
        expect(pinNumbers([...pins].reverse())).toEqual(shown);
      }),
    );
  });

  it("[PA13] every participant has a colour and a pattern, and ink on a colour contrasts", () => {
    for (let index = -3; index < 20; index++) expect(palette).toContain(paletteEntry(index));
    expect(new Set(palette.map((entry) => entry.dash.join())).size).toBe(palette.length);
    expect(inkOn("#f0e442")).toBe("#111318");
    expect(inkOn("#0072b2")).toBe("#ffffff");
  });
});
