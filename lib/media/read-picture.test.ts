import exifr from "exifr";
import sharp from "sharp";
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
