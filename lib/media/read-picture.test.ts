import exifr from "exifr";
import sharp, { type Sharp } from "sharp";
import { afterAll, describe, expect, it, vi } from "vitest";
import { MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";
import { makeHeic } from "@/tests/support/heic";
import { bytesWithin, pngBomb, similarity } from "@/tests/support/pictures";
import { itWithRealData, readRealFile } from "@/tests/support/real-data";
import { closePicturePool } from "./picture-pool";
import type { Picture } from "./picture-task";
import { readPicture } from "./read-picture";

/** Milliseconds: a real photograph is large, and the machine may be busy. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(closePicturePool);

const photo = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#336699",
      noise: { type: "gaussian", mean: 128, sigma: 40 },
    },
  });

/** Four colours, so that every turn and mirroring is another picture; perhaps turned. */
async function quarters(change: (image: Sharp) => Sharp = (image) => image): Promise<Buffer> {
  const field = (background: string, left: number, top: number) => ({
    ...{ input: { create: { width: 150, height: 100, channels: 3 as const, background } }, left, top },
  });
  const four = [field("red", 0, 0), field("blue", 150, 0), field("lime", 0, 100), field("white", 150, 100)];
  const upright = await sharp({ create: { width: 300, height: 200, channels: 3, background: "black" } })
    .composite(four)
    .png()
    .toBuffer();
  return change(sharp(upright)).png().toBuffer();
}

/** What undoes each orientation (EXIF 2.32, 4.6.4), so that following it brings the upright picture. */
const undoing: Readonly<Record<number, (image: Sharp) => Sharp>> = {
  2: (image) => image.flop(),
  3: (image) => image.rotate(180),
  4: (image) => image.flip(),
  // Mirrored first, then turned, whatever the order of the calls.
  5: (image) => image.flop().rotate(270),
  6: (image) => image.rotate(270),
  7: (image) => image.flop().rotate(90),
  8: (image) => image.rotate(90),
};

/** A JPEG with a note in each place where cameras and programs leave some. */
function withNotes(jpeg: Buffer, [iptc = "", maker = "", comment = "", preview = "", behind = ""]: string[]) {
  const segment = (marker: number, body: Buffer) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(body.length + 2, 2);
    return Buffer.concat([head, body]);
  };
  const pascal = (text: string) => {
    const bytes = Buffer.from(text, "latin1");
    return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
  };
  // IIM 2:120, the caption, in Photoshop's block of it.
  const iim = Buffer.concat([Buffer.from([0x1c, 2, 120]), pascal(iptc)]);
  const block = Buffer.concat([Buffer.from("8BIM\u0004\u0004\0\0\0\0", "latin1"), pascal(""), iim]);
  block.writeUInt16BE(iim.length, 10);
  // Exif: one entry in the first directory, and in the second a preview that is no picture at all.
  const tiff = Buffer.alloc(512);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  const entry = (at: number, values: readonly [tag: number, type: number, count: number, value: number]) => {
    tiff.writeUInt16LE(values[0], at);
    tiff.writeUInt16LE(values[1], at + 2);
    tiff.writeUInt32LE(values[2], at + 4);
    tiff.writeUInt32LE(values[3], at + 8);
  };
  tiff.writeUInt16LE(1, 8);
  // MakerNote is of the Exif directory; readers find it wherever it stands.
  entry(10, [0x927c, 7, maker.length, 300]);
  tiff.writeUInt32LE(100, 22);
  tiff.writeUInt16LE(2, 100);
  entry(102, [0x0201, 4, 1, 400]);
  entry(114, [0x0202, 4, 1, preview.length]);
  tiff.write(maker, 300, "latin1");
  tiff.write(preview, 400, "latin1");
  return Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff])),
    segment(0xed, Buffer.concat([Buffer.from("Photoshop 3.0\0", "latin1"), block])),
    segment(0xfe, Buffer.from(comment, "latin1")),
    jpeg.subarray(2),
    Buffer.from(behind, "latin1"),
  ]);
}

function largest(picture: Picture) {
  const file = picture.files.at(-1);
  if (!file) throw new Error("a picture without files");
  return file;
}

describe("what is accepted", () => {
  it.each(["jpeg", "png", "webp", "avif", "gif"] as const)(
    "[ME1] %s is read by its content",
    async (format) => {
      const picture = await readPicture(await photo(300, 200).toFormat(format).toBuffer());
      expect(picture).toMatchObject({ width: 300, height: 200 });
      const made = await sharp(largest(picture).bytes).metadata();
      expect(made).toMatchObject({ format: "webp", width: 300, height: 200 });
    },
  );

  it("[ME1] an animated GIF becomes its first frame", async () => {
    const red = await sharp({ create: { width: 40, height: 30, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    const blue = await sharp({ create: { width: 40, height: 30, channels: 3, background: "blue" } })
      .png()
      .toBuffer();
    const gif = await sharp([red, blue], { join: { animated: true } })
      .gif()
      .toBuffer();
    const picture = await readPicture(gif);
    expect(picture).toMatchObject({ width: 40, height: 30 });
    const [r, , b] = await sharp(largest(picture).bytes).raw().toBuffer();
    expect(r).toBeGreaterThan(200);
    expect(b).toBeLessThan(60);
  });

  it.each([
    ["nothing", ""],
    ["text", "just some words"],
    ["HTML", "<!doctype html><script>alert(1)</script>"],
    ["SVG", '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ["PDF", "%PDF-1.7\n1 0 obj\n"],
    ["an archive", "PK\u0003\u0004\u0014\u0000"],
  ])("[ME2] %s is refused as no picture", async (_name, text) => {
    await expect(readPicture(Buffer.from(text, "latin1"))).rejects.toMatchObject({
      code: "unsupported_picture",
    });
  });

  it.each(["jpeg", "png", "webp", "avif"] as const)(
    "[ME3] a %s that was cut off is refused as broken",
    async (format) => {
      const whole = await photo(400, 400).toFormat(format).toBuffer();
      const cut = whole.subarray(0, Math.floor(whole.length / 2));
      await expect(readPicture(cut)).rejects.toMatchObject({ code: "broken_picture" });
    },
  );

  it("[ME4] too many bytes are refused before anything is decoded", async () => {
    const bytes = Buffer.alloc(MAX_UPLOAD_BYTES + 1);
    (await photo(10, 10).jpeg().toBuffer()).copy(bytes);
    await expect(readPicture(bytes)).rejects.toMatchObject({ code: "too_large" });
  });

  it("[ME5] a small file that claims a huge picture is refused by its header", async () => {
    const bomb = pngBomb(60_000, 60_000);
    expect(bomb.length).toBeLessThan(1_000);
    await expect(readPicture(bomb)).rejects.toMatchObject({ code: "too_many_pixels" });
  });
});

describe("what comes out", () => {
  it("[ME9] sizes are the rungs below the picture and the picture itself, never larger", async () => {
    const sizesOf = async (width: number, height: number) =>
      (await readPicture(await photo(width, height).jpeg().toBuffer())).files.map((file) => file.longest);
    expect(await sizesOf(90, 60)).toEqual([90]);
    expect(await sizesOf(600, 700)).toEqual([160, 700]);
    expect(await sizesOf(2_000, 500)).toEqual([160, 640, 1_600, 2_000]);
  });

  it.each([
    [9_000, 90],
    [1, 65_535],
    [65_535, 1],
  ])("[ME9] of a picture of %d x %d the largest rung is kept, and its own size is told", async (w, h) => {
    const picture = await readPicture(await photo(w, h).png().toBuffer());
    expect(picture).toMatchObject({ width: w, height: h });
    expect(picture.files.map((file) => file.longest)).toEqual([160, 640, 1_600, 3_200]);
  });

  it("[ME7] no stored byte holds what the file said about itself", async () => {
    const secret = "Secret-Street-17";
    const bytes = await photo(800, 600)
      .withExif({
        IFD0: { Copyright: secret, Artist: secret },
        IFD3: { GPSLatitudeRef: "N", GPSLatitude: "48/1 12/1 30/1" },
      })
      .withXmp(
        `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description dc:title="${secret}" xmlns:dc="http://purl.org/dc/elements/1.1/"/></rdf:RDF></x:xmpmeta>`,
      )
      .withIccProfile("p3")
      .jpeg()
      .toBuffer();
    expect(bytesWithin(bytes, secret)).toBe(true);
    const picture = await readPicture(bytes);
    for (const file of picture.files) await expectNoMetadata(file.bytes, [secret]);
  });

  it("[ME7] nor of its IPTC, its maker's notes, its comment, its preview and what lies behind it", async () => {
    const notes = ["Iptc-Lane-1", "Maker-Lane-2", "Comment-Lane-3", "Preview-Lane-4", "Behind-Lane-5"];
    const bytes = withNotes(await photo(800, 600).jpeg().toBuffer(), notes);
    const told = await sharp(bytes).metadata();
    expect([told.iptc, told.exif].map((each) => each !== undefined)).toEqual([true, true]);
    for (const note of notes) expect(bytesWithin(bytes, note), note).toBe(true);
    const picture = await readPicture(bytes);
    expect(picture.files.length).toBeGreaterThan(1);
    for (const file of picture.files) await expectNoMetadata(file.bytes, notes);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("[ME6] EXIF orientation %d comes out upright", async (orientation) => {
    // As the camera's sensor saw it: the picture turned and mirrored the other way.
    const [upright, stored] = [await quarters(), await quarters(undoing[orientation])];
    const bytes = await sharp(stored).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
    expect((await sharp(bytes).metadata()).orientation).toBe(orientation);
    const picture = await readPicture(bytes);
    expect(picture).toMatchObject({ width: 300, height: 200 });
    expect(await similarity(largest(picture).bytes, upright)).toBeGreaterThan(0.97);
  });

  it("[ME8] colours of a wide-gamut picture are converted, not reinterpreted", async () => {
    // Encoded in Display P3, sRGB's green is far from (0, 255, 0).
    const green = { create: { width: 64, height: 64, channels: 3 as const, background: "#00ff00" } };
    const p3 = await sharp(green).withIccProfile("p3").png().toBuffer();
    const [r = 255, g = 0, b = 255] = await sharp(largest(await readPicture(p3)).bytes)
      .raw()
      .toBuffer();
    expect(r).toBeLessThan(12);
    expect(g).toBeGreaterThan(243);
    expect(b).toBeLessThan(12);
  });

  it("[ME10] the event loop keeps turning while pictures are decoded", async () => {
    const bytes = await photo(1_200, 1_200).png().toBuffer();
    let done = false;
    let turns = 0;
    const turn = () => {
      turns++;
      if (!done) setImmediate(turn);
    };
    turn();
    const reading = Promise.all([readPicture(bytes), readPicture(bytes)]);
    await reading;
    done = true;
    // Decoding on this thread would leave only the handful of turns between its awaits.
    expect(turns).toBeGreaterThan(300);
  });
});

describe("a HEIC, as iPhones write it", () => {
  /** Red on the left, blue on the right; its Exif names a maker, a place, and an orientation that HEIC says in a box of its own. */
  const makeOne = async () => {
    const half = (background: string) =>
      sharp({ create: { width: 400, height: 600, channels: 3, background } })
        .png()
        .toBuffer();
    const jpeg = await sharp(await half("red"))
      .extend({ right: 400, background: "blue" })
      .withExif({
        IFD0: { Make: "Vetrina Phones" },
        IFD3: { GPSLatitude: "48/1 12/1 0/1", GPSLatitudeRef: "N" },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    return makeHeic(jpeg);
  };

  it("[ME1, ME7] is read by its content, and tells nothing of its maker and its place", async () => {
    const bytes = await makeOne();
    expect(bytesWithin(bytes, "ftypheic")).toBe(true);
    expect(bytesWithin(bytes, "Vetrina Phones")).toBe(true);
    const picture = await readPicture(bytes);
    expect(picture).toMatchObject({ width: 800, height: 600 });
    for (const file of picture.files) await expectNoMetadata(file.bytes, ["Vetrina Phones"]);
    const { data, info } = await sharp(largest(picture).bytes).raw().toBuffer({ resolveWithObject: true });
    const pixel = (x: number) => [...data.subarray((300 * info.width + x) * info.channels).subarray(0, 3)];
    const [[red = 0], [, , blue = 0]] = [pixel(200), pixel(600)];
    expect(Math.min(red, blue)).toBeGreaterThan(200);
  });

  it("[ME3] is refused as broken when it was cut off", async () => {
    const bytes = await makeOne();
    const cut = bytes.subarray(0, bytes.length * 0.7);
    await expect(readPicture(cut)).rejects.toMatchObject({ code: "broken_picture" });
  });
});

describe("real photographs", () => {
  itWithRealData("[ME6] an iPhone's HEIC comes out upright, at its size, in every rung", async () => {
    const bytes = await readRealFile("photos/iphone_13_pro_max.HEIC");
    const picture = await readPicture(bytes);
    expect(picture).toMatchObject({ width: 3_024, height: 4_032 });
    expect(picture.files.map((file) => file.longest)).toEqual([160, 640, 1_600, 3_200, 4_032]);
    for (const file of picture.files) await expectNoMetadata(file.bytes, ["Apple", "iPhone"]);
  });

  itWithRealData("[ME1] a small HEIF is read", async () => {
    const picture = await readPicture(await readRealFile("photos/samplefilehub.heif"));
    expect(picture).toMatchObject({ width: 640, height: 426 });
  });

  itWithRealData("[ME3] a HEIC that was cut off is refused as broken", async () => {
    const bytes = await readRealFile("photos/iphone_13_pro_max.HEIC");
    await expect(readPicture(bytes.subarray(0, 900_000))).rejects.toMatchObject({ code: "broken_picture" });
  });

  itWithRealData("[ME6] all eight EXIF orientations come out as the first one", async () => {
    const upright = largest(await readPicture(await readRealFile("photos/orientation_1.jpg")));
    for (let orientation = 2; orientation <= 8; orientation++) {
      const picture = await readPicture(await readRealFile(`photos/orientation_${orientation}.jpg`));
      expect(picture, `orientation ${orientation}`).toMatchObject({ width: 600, height: 450 });
      expect(
        await similarity(largest(picture).bytes, upright.bytes),
        `orientation ${orientation}`,
      ).toBeGreaterThan(0.97);
    }
  });

  itWithRealData.each(["DSCN0010.jpg", "DSCN0042.jpg"])(
    "[ME7] %s loses its position on the way",
    async (name) => {
      const bytes = await readRealFile(`photos/${name}`);
      expect(await exifr.gps(bytes)).toBeDefined();
      const picture = await readPicture(bytes);
      for (const file of picture.files) await expectNoMetadata(file.bytes, ["NIKON", "COOLPIX", "GPS"]);
    },
  );
});

async function expectNoMetadata(bytes: Uint8Array, words: readonly string[]): Promise<void> {
  const { exif, xmp, iptc, icc, orientation } = await sharp(bytes).metadata();
  expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
  for (const word of [...words, "Exif", "EXIF", "http://ns.adobe.com", "ICCP", "XMP "]) {
    expect(bytesWithin(bytes, word), `"${word}" in the stored bytes`).toBe(false);
  }
  // The format reader that people use on what they download must not find anything either.
  const jpeg = await sharp(bytes).keepMetadata().jpeg().toBuffer();
  expect(await exifr.gps(jpeg)).toBeUndefined();
}
