import { randomUUID } from "node:crypto";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AssetId, assetIdSchema, type ShopId } from "@/lib/protocol/ids";
import { createTestShop } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { runFile } from "@/tests/support/server";
import { findGarbage, removeGarbage, UNSHOWN_MS, YOUNG_MS } from "./collect-garbage";
import { createDiskStore } from "./disk-store";
import { sizeName } from "./file-name";
import { getMediaStore, mediaStoreSlot } from "./store";

let database: TestDatabase;
let shopId: ShopId;
beforeAll(async () => {
  database = await openTestDatabase();
  mediaStoreSlot.provide(await createDiskStore(join(database.dataDir, "media")));
  shopId = await createTestShop();
});
afterAll(() => database.close());

const sizes = [160, 640];
const files = sizes.map((longest) => ({ name: sizeName(longest), bytes: new Uint8Array(8) }));

async function put(parts: { readonly row: boolean; readonly files: boolean }): Promise<AssetId> {
  const id = assetIdSchema.parse(randomUUID());
  if (parts.files) await getMediaStore().put({ shopId, assetId: id }, files);
  if (parts.row) {
    const data = { id, shopId, width: 640, height: 480, sizes, sha256: id };
    await database.db.asset.create({ data });
  }
  return id;
}

const later = () => new Date(Date.now() + YOUNG_MS + 1_000);

it("[ME24] what nobody refers to is removed once it is old, and nothing else", async () => {
  const kept = await put({ row: true, files: true });
  const orphan = await put({ row: false, files: true });
  const lost = await put({ row: true, files: false });
  expect((await findGarbage(new Date())).orphans).toEqual([]);
  const garbage = await findGarbage(later());
  expect(garbage).toEqual({
    stored: 2,
    orphans: [{ shopId, assetId: orphan }],
    unshown: [],
    missing: [lost],
  });
  await removeGarbage(garbage);
  expect(await getMediaStore().find({ shopId, assetId: orphan }, sizeName(160))).toBeNull();
  expect(await getMediaStore().find({ shopId, assetId: kept }, sizeName(160))).not.toBeNull();
  expect(await findGarbage(later())).toEqual({ stored: 1, orphans: [], unshown: [], missing: [lost] });
});

it("[ME24, ME80] files of before they lay by shop belong to their picture; without one they are nobody's, too", async () => {
  const [known, stray] = [await put({ row: true, files: true }), await put({ row: false, files: true })];
  const media = join(database.dataDir, "media");
  for (const id of [known, stray]) {
    const shards = [id.slice(-2), id.slice(-4, -2)];
    await mkdir(join(media, ...shards), { recursive: true });
    await rename(join(media, "shops", shopId, ...shards, id), join(media, ...shards, id));
  }
  const garbage = await findGarbage(later());
  expect(garbage.orphans).toEqual([{ shopId: null, assetId: stray }]);
  expect(garbage.missing).not.toContain(known);
  await removeGarbage(garbage);
  expect(await getMediaStore().find({ shopId, assetId: stray }, sizeName(160))).toBeNull();
  expect(await getMediaStore().find({ shopId, assetId: known }, sizeName(640))).not.toBeNull();
});

it("[ME87] of a catalogue goes what is old and no product shows, and nothing else", async () => {
  const [shown, replaced] = [await put({ row: true, files: true }), await put({ row: true, files: true })];
  await database.db.product.create({
    data: { shopId, externalId: "P", title: "P", pictures: { create: { assetId: shown, position: 0 } } },
  });
  const sent = await put({ row: true, files: true });
  const visitor = await database.db.visitor.create({ data: { shopId } });
  const conversation = await database.db.conversation.create({ data: { shopId, visitorId: visitor.id } });
  await database.db.asset.update({ where: { id: sent }, data: { conversationId: conversation.id } });
  const place = { shopId, assetId: replaced };
  expect((await findGarbage(later())).unshown).toEqual([]);
  const garbage = await findGarbage(new Date(Date.now() + UNSHOWN_MS + 1_000));
  expect(garbage.unshown).toContainEqual(place);
  for (const kept of [shown, sent]) expect(garbage.unshown).not.toContainEqual({ shopId, assetId: kept });
  await removeGarbage({ ...garbage, orphans: [], unshown: [place, { shopId, assetId: shown }] });
  expect(await database.db.asset.count({ where: { id: replaced } })).toBe(0);
  expect(await getMediaStore().find(place, sizeName(160))).toBeNull();
  // Named by mistake, or shown again since it was looked at.
  expect(await getMediaStore().find({ shopId, assetId: shown }, sizeName(160))).not.toBeNull();
  for (const id of [shown, sent]) await getMediaStore().delete({ shopId, assetId: id });
});

it("[ME24] npm run media tells what it found, and refuses what it does not know", async () => {
  const variables = { DATABASE_URL: database.url, DATA_DIR: database.dataDir };
  const run = runFile("lib/runtime/media-cli.ts", variables, ["gc", "--dry-run"]);
  expect(await run.ended).toBe(0);
  expect(run.output()).toMatch(/^2 pictures are stored\. 0 that nobody refers to would be removed\./);
  const wrong = runFile("lib/runtime/media-cli.ts", variables, ["prune"]);
  expect(await wrong.ended).toBe(1);
  expect(wrong.output()).toContain("Usage: npm run media -- gc");
});
