import sharp, { type OverlayOptions } from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { AssetId, ShopId } from "@/lib/protocol/ids";
import { createTestShop, provideTestStore } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { similarity } from "@/tests/support/pictures";
import { TILES_NAME } from "./file-name";
import { closePicturePool } from "./picture-pool";
import { getMediaStore } from "./store";
import { storeCataloguePicture } from "./store-picture";
import { addTiles } from "./store-tiles";
import { findStoredTile } from "./stored-tiles";

/** Milliseconds: a large picture is encoded in some hundred tiles, and the machine may be busy. */
vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;
let shopId: ShopId;
beforeAll(async () => {
  database = await openTestDatabase();
  await provideTestStore(database.dataDir);
  shopId = await createTestShop();
});
afterAll(async () => {
  await closePicturePool();
  await database.close();
});

/** Colours run across it and down it, so that a tile in a wrong place is seen. */
function gradient(width: number, height: number) {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      pixels[at] = Math.floor((x / width) * 255);
      pixels[at + 1] = Math.floor((y / height) * 255);
      pixels[at + 2] = (Math.floor(x / 256) + Math.floor(y / 256)) % 2 === 0 ? 60 : 160;
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

async function assemble(assetId: AssetId, level: number, size: { width: number; height: number }) {
  const parts: OverlayOptions[] = [];
  for (let row = 0; row * 512 < size.height; row++) {
    for (let column = 0; column * 512 < size.width; column++) {
      const tile = await findStoredTile({ shopId, assetId }, String(level), `${column}_${row}`);
      const input = Buffer.from(await new Response(tile?.open()).arrayBuffer());
      const { width, height } = await sharp(input).metadata();
      expect([width, height]).toEqual([
        Math.min(512, size.width - column * 512),
        Math.min(512, size.height - row * 512),
      ]);
      parts.push({ input, left: column * 512, top: row * 512 });
    }
  }
  return sharp({ create: { ...size, channels: 3, background: "black" } })
    .composite(parts)
    .png()
    .toBuffer();
}

describe("large pictures", () => {
  it("[ME60] are kept in tiles of every level above the largest size, which make the upright picture again", async () => {
    const [width, height] = [5_200, 4_300];
    const upright = await gradient(width, height).png().toBuffer();
    // As a camera that was held sideways writes it.
    const sent = await sharp(upright)
      .rotate(-90)
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 95 })
      .toBuffer();
    const { assetId, sizes } = await storeCataloguePicture({ shopId, bytes: sent });
    expect(sizes).toEqual([160, 640, 1_600, 3_200]);
    const row = await database.db.asset.findUniqueOrThrow({ where: { id: assetId } });
    expect(row).toMatchObject({ width, height, tileSize: 512 });
    expect(await similarity(await assemble(assetId, 13, { width, height }), upright)).toBeGreaterThan(0.97);
    // The next smaller level is smaller than a size that is there whole.
    expect(await findStoredTile({ shopId, assetId }, "12", "0_0")).toBeNull();
  });

  it("[ME60] have a level for each halving down to the largest size, and hold nothing that the file told", async () => {
    const secret = "Secret-Street-17";
    const sent = await sharp({ create: { width: 8_300, height: 1_000, channels: 3, background: "teal" } })
      .withExif({ IFD0: { Copyright: secret } })
      .jpeg()
      .toBuffer();
    const { assetId } = await storeCataloguePicture({ shopId, bytes: sent });
    for (const [level, place] of [
      ["14", "16_1"],
      ["13", "8_0"],
    ]) {
      expect(await findStoredTile({ shopId, assetId }, level ?? "", place ?? ""), level).not.toBeNull();
    }
    expect(await findStoredTile({ shopId, assetId }, "12", "0_0")).toBeNull();
    const pack = await getMediaStore().find({ shopId, assetId }, TILES_NAME);
    const bytes = Buffer.from(await new Response(pack?.open()).arrayBuffer());
    for (const word of [secret, "Exif", "EXIF", "XMP "]) expect(bytes.includes(word), word).toBe(false);
  });

  it("[ME60] once cut are not cut again, and smaller ones never", async () => {
    const sent = await gradient(4_200, 900).jpeg().toBuffer();
    const { assetId } = await storeCataloguePicture({ shopId, bytes: sent });
    const stored = async () => (await getMediaStore().find({ shopId, assetId }, TILES_NAME))?.byteLength;
    const before = await stored();
    // Another source would make other tiles.
    await addTiles(assetId, await gradient(4_200, 901).jpeg({ quality: 20 }).toBuffer());
    expect(await stored()).toBe(before);
    const small = await storeCataloguePicture({
      shopId,
      bytes: await gradient(4_000, 900).jpeg().toBuffer(),
    });
    expect(await getMediaStore().find({ shopId, assetId: small.assetId }, TILES_NAME)).toBeNull();
  });
});
