import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { conversationIdSchema, memberIdSchema, participantIdSchema, type ShopId } from "@/lib/protocol/ids";
import { createPerson } from "@/lib/shops/people";
import { createTestShop, provideTestStore } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { findGarbage } from "./collect-garbage";
import { sizeName } from "./file-name";
import { dropAsset } from "./keep-asset";
import { requireMayRead } from "./may-read";
import { closePicturePool } from "./picture-pool";
import { getMediaStore } from "./store";
import { storeUsablePicture } from "./store-usable";

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

let end: AbortController;
let owner: Omit<Parameters<typeof storeUsablePicture>[0], "source">;
beforeEach(async () => {
  end = new AbortController();
  const visitor = await database.db.visitor.create({ data: { shopId } });
  const row = await database.db.conversation.create({
    data: {
      ...{ shopId, visitorId: visitor.id },
      participants: { create: { role: "customer", visitorId: visitor.id, name: "Guest", color: 0 } },
    },
    include: { participants: true },
  });
  owner = {
    shopId,
    conversationId: conversationIdSchema.parse(row.id),
    participantId: participantIdSchema.parse(row.participants[0]?.id),
    signal: end.signal,
  };
});
afterEach(() => end.abort());

/** Grain, so that its larger sizes take a while to encode. */
async function photo(width: number, height: number): Promise<Buffer> {
  const pixels = randomBytes(width * height * 3);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .blur(1.2)
    .jpeg({ quality: 90 })
    .toBuffer();
}

const ALL = [160, 640, 1_600, 3_200, 4_000];
const rowOf = (id: string) => database.db.asset.findUniqueOrThrow({ where: { id } });
const isStored = async (assetId: Parameters<typeof dropAsset>[0]["assetId"], longest: number) =>
  (await getMediaStore().find({ shopId, assetId }, sizeName(longest))) !== null;

describe("a picture that can be looked at", () => {
  it("[ME83] has its smaller sizes first and is named with these alone; the larger ones follow", async () => {
    const { assetId, sizes, width, height, sharpen } = await storeUsablePicture({
      ...owner,
      source: await photo(4_000, 3_000),
    });
    expect({ sizes, width, height }).toEqual({ sizes: [160, 640], width: 4_000, height: 3_000 });
    expect((await rowOf(assetId)).sizes).toEqual([160, 640]);
    expect((await findGarbage(new Date())).missing).toEqual([]);
    await sharpen();
    expect((await rowOf(assetId)).sizes).toEqual(ALL);
    for (const longest of ALL) expect(await isStored(assetId, longest), String(longest)).toBe(true);
    expect((await findGarbage(new Date())).missing).toEqual([]);
  });

  it("[ME83] is all there at once when it is small", async () => {
    const { sizes, sharpen } = await storeUsablePicture({ ...owner, source: await photo(700, 500) });
    expect(sizes).toEqual([160, 700]);
    await sharpen();
  });

  it("[ME66, ME83] is none when the file ends too early, however late", async () => {
    const whole = await photo(4_000, 3_000);
    const cut = whole.subarray(0, Math.floor(whole.length * 0.98));
    await expect(storeUsablePicture({ ...owner, source: cut })).rejects.toMatchObject({
      code: "broken_picture",
    });
    const { conversationId } = owner;
    expect(await database.db.asset.count({ where: { conversationId } })).toBe(0);
  });

  it("[ME78, ME83] gets what is missing from whoever reads the same file again", async () => {
    const source = await photo(4_000, 3_000);
    const killed = new AbortController();
    const first = await storeUsablePicture({ ...owner, source, signal: killed.signal });
    killed.abort(new Error("killed"));
    await expect(first.sharpen()).rejects.toThrow("killed");
    expect((await rowOf(first.assetId)).sizes).toEqual([160, 640]);
    const second = await storeUsablePicture({ ...owner, source });
    expect([second.assetId, second.created]).toEqual([first.assetId, false]);
    await second.sharpen();
    expect((await rowOf(first.assetId)).sizes).toEqual(ALL);
    for (const longest of ALL) expect(await isStored(first.assetId, longest), String(longest)).toBe(true);
  });

  it("[ME83] leaves its thread to others when it is told to, and gets its larger sizes nevertheless", async () => {
    const { assetId, sharpen, leave } = await storeUsablePicture({
      ...owner,
      source: await photo(4_000, 3_000),
    });
    leave();
    const other = await storeUsablePicture({ ...owner, source: await photo(1_000, 800) });
    expect(other.sizes).toEqual([160, 640]);
    expect((await rowOf(assetId)).sizes).toEqual([160, 640]);
    await other.sharpen();
    await sharpen();
    expect((await rowOf(assetId)).sizes).toEqual(ALL);
  });

  it("[ME83] keeps no thread from others when nobody wants it sharper", async () => {
    const readers = Array.from({ length: 6 }, async () => {
      const given = new AbortController();
      const source = await photo(1_000, 800);
      const { sizes } = await storeUsablePicture({ ...owner, source, signal: given.signal });
      given.abort();
      return sizes;
    });
    expect(await Promise.all(readers)).toEqual(readers.map(() => [160, 640]));
  });

  it("[ME76, ME83] leaves nothing when it is gone before its larger sizes are there", async () => {
    const since = new Date();
    const { assetId, sharpen } = await storeUsablePicture({ ...owner, source: await photo(4_000, 3_000) });
    await dropAsset({ shopId, assetId }, since);
    await sharpen();
    for (const longest of ALL) expect(await isStored(assetId, longest), String(longest)).toBe(false);
  });

  it("[ME65, ME83] is covered from its first pixel on, and stays uncovered when its larger sizes come", async () => {
    await createPerson(shopId, { name: "Mia", email: "mia@shop.example", role: "admin" });
    const member = await database.db.member.findFirstOrThrow({ where: { shopId } });
    const reader = { kind: "member", memberId: memberIdSchema.parse(member.id) } as const;
    const { assetId, sharpen } = await storeUsablePicture({
      ...{ ...owner, covered: true },
      source: await photo(4_000, 3_000),
    });
    await expect(requireMayRead(assetId, reader)).rejects.toMatchObject({ code: "unauthorized" });
    await database.db.asset.update({ where: { id: assetId }, data: { covered: false } });
    await sharpen();
    expect(await rowOf(assetId)).toMatchObject({ covered: false, sizes: ALL });
  });
});
