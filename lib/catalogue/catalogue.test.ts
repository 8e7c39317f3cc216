import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ownCatalogue } from "@/lib/catalogue/catalogue-view";
import { closePicturePool } from "@/lib/media/picture-pool";
import { storeCataloguePicture } from "@/lib/media/store-picture";
import { storeUsablePicture } from "@/lib/media/store-usable";
import {
  assetIdSchema,
  conversationIdSchema,
  participantIdSchema,
  productIdSchema,
  type ShopId,
} from "@/lib/protocol/ids";
import {
  addTestVideo,
  createTestShop,
  provideTestStore,
  testPng,
  testProduct,
  testVariant,
} from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { catalogueDetail, catalogueProduct } from "./catalogue-product";
import { loadRows } from "./catalogue-row";
import { findWindowProduct } from "./demo-window";
import { findProductPicture } from "./find-product";
import { findVariant } from "./find-variant";
import { loadItem } from "./load-item";
import { findProductCard } from "./product-card";
import { resolveExternalId, resolveExternalIds } from "./resolve-external";
import { writeProduct } from "./write-product";

let database: TestDatabase;
let shopId: ShopId;
beforeAll(async () => {
  database = await openTestDatabase();
  await provideTestStore(database.dataDir);
});
beforeEach(async () => {
  shopId = await createTestShop();
});
afterAll(async () => {
  await closePicturePool();
  await database.close();
});

async function cardOf(externalId: string) {
  const found = await resolveExternalId(shopId, externalId);
  return found && findProductCard(ownCatalogue(shopId), found.productId);
}

async function addPicture(color: string) {
  const asset = await storeCataloguePicture({ shopId, bytes: await testPng(color) });
  return { assetId: asset.assetId, alt: "", sourceUrl: `https://shop.example/${color}.png` };
}

describe("writing products", () => {
  it("[CA1] the same product again changes nothing", async () => {
    const pictures = [await addPicture("red"), await addPicture("blue")];
    const product = testProduct("P", { pictures, variants: [testVariant("P-S"), testVariant("P-M")] });
    expect(await writeProduct(shopId, product)).toBe("new");
    const before = await database.db.product.findMany({
      where: { shopId },
      include: { variants: true, pictures: true },
    });
    expect(await writeProduct(shopId, product)).toBe("unchanged");
    // Without pictures the pictures are not looked at.
    expect(await writeProduct(shopId, { ...product, pictures: undefined })).toBe("unchanged");
    expect(
      await database.db.product.findMany({ where: { shopId }, include: { variants: true, pictures: true } }),
    ).toEqual(before);
  });

  it("[CA1] a changed product is brought to what was given", async () => {
    const [red, blue] = [await addPicture("red"), await addPicture("blue")];
    await writeProduct(
      shopId,
      testProduct("P", { pictures: [red, blue], variants: [testVariant("P-S"), testVariant("P-M")] }),
    );
    const changed = testProduct("P", {
      title: "Other",
      pictures: [blue],
      variants: [testVariant("P-L"), testVariant("P-S", { saleMinor: 500 })],
    });
    expect(await writeProduct(shopId, changed)).toBe("changed");
    const card = await cardOf("P");
    expect(card).toMatchObject({
      title: "Other",
      pictureId: blue.assetId,
      priceMinor: 1_000,
      saleMinor: 500,
    });
    expect(card?.variants.map((variant) => variant.externalId)).toEqual(["P-L", "P-S"]);
    expect(await resolveExternalId(shopId, "P-M")).toBeNull();
  });

  it("[CA2] a variant named by another product moves there", async () => {
    await writeProduct(shopId, testProduct("A", { variants: [testVariant("V1"), testVariant("V2")] }));
    await writeProduct(shopId, testProduct("B", { variants: [testVariant("V2")] }));
    expect((await cardOf("A"))?.variants.map((variant) => variant.externalId)).toEqual(["V1"]);
    expect((await cardOf("V2"))?.externalId).toBe("B");
  });

  it("[CA3] the same ids in two shops are two products", async () => {
    await writeProduct(shopId, testProduct("P", { title: "Ours" }));
    const other = await createTestShop();
    await writeProduct(other, testProduct("P", { title: "Theirs" }));
    const ours = await resolveExternalId(shopId, "P");
    const theirs = await resolveExternalId(other, "P");
    expect(ours?.productId).not.toBe(theirs?.productId);
    expect(
      await findProductCard(ownCatalogue(shopId), theirs?.productId ?? productIdSchema.parse(randomUUID())),
    ).toBeNull();
    expect((await cardOf("P"))?.title).toBe("Ours");
  });
});

describe("cards", () => {
  it("[CA4] show the cheapest variant that can be bought", async () => {
    const variants = [
      testVariant("a", { priceMinor: 900, availability: "out_of_stock" }),
      testVariant("b", { priceMinor: 5_000, saleMinor: 2_000, color: "Red", size: "M" }),
      testVariant("c", { priceMinor: 3_000, availability: "preorder" }),
    ];
    await writeProduct(shopId, testProduct("P", { variants }));
    const card = await cardOf("P");
    expect(card).toMatchObject({ priceMinor: 5_000, saleMinor: 2_000, available: true, pictureId: null });
    expect(card?.variants.map(({ label, available }) => [label, available])).toEqual([
      ["a", false],
      ["Red, M", true],
      ["c", true],
    ]);
  });

  it("[CA4] of a product that cannot be bought show its price and say so", async () => {
    const variants = [testVariant("a", { priceMinor: 900, availability: "out_of_stock" })];
    await writeProduct(shopId, testProduct("P", { variants }));
    expect(await cardOf("P")).toMatchObject({ priceMinor: 900, available: false });
    await writeProduct(shopId, testProduct("Q", { variants: [] }));
    expect(await cardOf("Q")).toMatchObject({ priceMinor: null, currency: "EUR", available: false });
  });
});

describe("ids of the shop's page", () => {
  it("[CA5] name a variant, a product, or nothing we know", async () => {
    await writeProduct(shopId, testProduct("P", { variants: [testVariant("P-S"), testVariant("P-M")] }));
    await writeProduct(shopId, testProduct("single"));
    const found = await resolveExternalIds(shopId, ["P", "P-M", "single", "unknown", "P"]);
    expect([...found.keys()].sort()).toEqual(["P", "P-M", "single"]);
    expect(found.get("P")?.variantId).toBeNull();
    expect(found.get("P-M")?.variantId).not.toBeNull();
    expect(found.get("P-M")?.productId).toBe(found.get("P")?.productId);
    expect(found.get("single")?.variantId).not.toBeNull();
    expect(await resolveExternalId(shopId, "")).toBeNull();
    expect(await resolveExternalId(shopId, "P\0")).toBeNull();
    expect(await findWindowProduct(shopId, "P\0")).toBeNull();
  });
});

describe("what a conversation may show", () => {
  async function openConversation(of: ShopId) {
    const visitor = await database.db.visitor.create({ data: { shopId: of } });
    const row = await database.db.conversation.create({
      data: {
        shopId: of,
        visitorId: visitor.id,
        participants: { create: { role: "customer", visitorId: visitor.id, name: "Guest", color: 0 } },
      },
      include: { participants: true },
    });
    const participantId = participantIdSchema.parse(row.participants[0]?.id);
    return {
      shopId: of,
      view: ownCatalogue(of),
      conversationId: conversationIdSchema.parse(row.id),
      participantId,
      reader: { kind: "participant" as const, participantId },
      mayHaveOriginals: false,
    };
  }

  const { signal } = new AbortController();
  it("[CA6] a picture of this conversation, and of no other", async () => {
    const [ours, theirs] = [await openConversation(shopId), await openConversation(shopId)];
    const { assetId } = await storeUsablePicture({
      ...ours,
      signal,
      source: await testPng("green", 400, 300),
    });
    const reference = { source: "asset", sourceId: assetId, productId: null };
    const item = await loadItem(ours, reference);
    expect(item).toMatchObject({ width: 400, height: 300, title: "", product: null, pictureIds: [] });
    expect(item.sizes.map(({ longest }) => longest)).toEqual([160, 400]);
    expect(item.sizes[0]?.url).toMatch(new RegExp(`^/media/${assetId}/160\\?t=`));
    await expect(loadItem(theirs, reference)).rejects.toMatchObject({ code: "not_found" });
    await expect(loadItem(ours, { ...reference, source: "product" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("[CA6] a catalogue picture of the shop with its product, and of no other shop", async () => {
    const pictures = [await addPicture("red"), await addPicture("blue")];
    await writeProduct(shopId, testProduct("P", { title: "Dress", pictures }));
    await writeProduct(shopId, testProduct("Q", { title: "Same photo", pictures: pictures.slice(1) }));
    const productId = (await resolveExternalId(shopId, "Q"))?.productId ?? "";
    const conversation = await openConversation(shopId);
    const reference = { source: "product", sourceId: pictures[1]?.assetId ?? "", productId };
    const item = await loadItem(conversation, reference);
    expect(item).toMatchObject({
      title: "Same photo",
      product: { externalId: "Q" },
      pictureIds: [pictures[1]?.assetId],
    });
    expect(
      (await loadItem(conversation, { ...reference, sourceId: pictures[0]?.assetId ?? "", productId: null }))
        .pictureIds,
    ).toEqual(pictures.map((picture) => picture.assetId));

    const foreign = await openConversation(await createTestShop());
    await expect(loadItem(foreign, reference)).rejects.toMatchObject({ code: "not_found" });
    const wrong = [
      { ...reference, productId: randomUUID() },
      { ...reference, source: "asset" },
      { ...reference, source: "http://evil.example" },
      { ...reference, sourceId: "https://evil.example/x.png" },
      { ...reference, sourceId: randomUUID() },
    ];
    for (const each of wrong)
      await expect(loadItem(conversation, each)).rejects.toMatchObject({ code: "not_found" });
  });

  it("[CA6] a product's pictures by their number", async () => {
    const pictures = [await addPicture("red"), await addPicture("blue")];
    await writeProduct(shopId, testProduct("P", { pictures }));
    const productId =
      (await resolveExternalId(shopId, "P"))?.productId ?? productIdSchema.parse(randomUUID());
    expect(await findProductPicture(ownCatalogue(shopId), productId, 1)).toMatchObject({
      assetId: pictures[1]?.assetId,
      source: "product",
    });
    for (const index of [2, -1, 0.5])
      expect(await findProductPicture(ownCatalogue(shopId), productId, index)).toBeNull();
    expect(await findProductPicture(ownCatalogue(await createTestShop()), productId, 0)).toBeNull();
  });

  it("[CA157] a product's video has a number behind its pictures and is shown as one, in its own shop only", async () => {
    const pictures = [await addPicture("red")];
    await writeProduct(shopId, testProduct("P", { title: "Dress", pictures }));
    const productId =
      (await resolveExternalId(shopId, "P"))?.productId ?? productIdSchema.parse(randomUUID());
    const video = await addTestVideo(shopId, productId);
    const found = await findProductPicture(ownCatalogue(shopId), productId, 1);
    expect(found).toMatchObject({ assetId: video, source: "product", duration: 9_000, title: "Dress" });
    const reference = { source: "product", sourceId: video, productId };
    const item = await loadItem(await openConversation(shopId), reference);
    expect(item).toMatchObject({
      ...{ width: 640, height: 360, title: "Dress", tiles: null, product: { externalId: "P" } },
      pictureIds: [pictures[0]?.assetId, video],
      video: { type: "video/mp4", playsAnywhere: true, durationMs: 9_000 },
    });
    expect(item.video?.url).toMatch(new RegExp(`^/media/${video}/video\\.mp4\\?t=`));
    const foreign = await openConversation(await createTestShop());
    await expect(loadItem(foreign, reference)).rejects.toMatchObject({ code: "not_found" });
    expect(await findProductPicture(ownCatalogue(await createTestShop()), productId, 1)).toBeNull();
  });

  it("[CA157] a video stands for its product nowhere", async () => {
    await writeProduct(shopId, testProduct("P"));
    const productId =
      (await resolveExternalId(shopId, "P"))?.productId ?? productIdSchema.parse(randomUUID());
    const video = await addTestVideo(shopId, productId);
    const [row] = await loadRows(ownCatalogue(shopId), [productId]);
    if (row === undefined) throw new Error("no such product");
    expect(await catalogueProduct(row)).toMatchObject({ pictureId: null, picture: null, pictureCount: 1 });
    expect((await catalogueDetail({ ...row, description: "" }, null)).pictures).toMatchObject([
      { assetId: video, durationMs: 9_000 },
    ]);
    expect(await findProductCard(ownCatalogue(shopId), productId)).toMatchObject({ pictureId: null });
    expect(await findVariant(ownCatalogue(shopId), productId, "P")).toMatchObject({ pictureId: null });
    expect((await findWindowProduct(shopId, "P"))?.pictures).toEqual([]);
  });

  it("[CA160] what two addresses give alike is shown once, and its place counts for both", async () => {
    const [red, blue] = [await addPicture("red"), await addPicture("blue")];
    const again = { ...red, sourceUrl: "https://shop.example/red.png?size=large" };
    await writeProduct(shopId, testProduct("P", { pictures: [red, again, blue, again] }));
    const productId =
      (await resolveExternalId(shopId, "P"))?.productId ?? productIdSchema.parse(randomUUID());
    const video = await addTestVideo(shopId, productId);
    const once = [red.assetId, blue.assetId, video];
    const [row] = await loadRows(ownCatalogue(shopId), [productId]);
    if (row === undefined) throw new Error("no such product");
    expect(await catalogueProduct(row)).toMatchObject({ pictureCount: 3 });
    const { pictures } = await catalogueDetail({ ...row, description: "" }, null);
    expect(pictures.map(({ assetId }) => assetId)).toEqual(once);
    const at = async (index: number) =>
      (await findProductPicture(ownCatalogue(shopId), productId, index))?.assetId;
    expect(await Promise.all([0, 1, 2, 3].map(at))).toEqual([...once, undefined]);
    const reference = { source: "product", sourceId: red.assetId, productId };
    expect((await loadItem(await openConversation(shopId), reference)).pictureIds).toEqual(once);
  });

  it("[ME14] the same bytes twice are one asset in a conversation, and in a catalogue", async () => {
    const [one, other] = [await openConversation(shopId), await openConversation(shopId)];
    const bytes = await testPng("purple");
    const [first, second] = await Promise.all([
      storeUsablePicture({ ...one, signal, source: bytes }),
      storeUsablePicture({ ...one, signal, source: bytes }),
    ]);
    expect(second.assetId).toBe(first.assetId);
    expect([first.created, second.created].filter(Boolean)).toHaveLength(1);
    expect((await storeUsablePicture({ ...one, signal, source: bytes })).assetId).toBe(first.assetId);
    expect((await storeUsablePicture({ ...other, signal, source: bytes })).assetId).not.toBe(first.assetId);
    const shared = await storeCataloguePicture({ shopId, bytes });
    expect(shared.assetId).not.toBe(first.assetId);
    expect(await storeCataloguePicture({ shopId, bytes })).toEqual({ ...shared, created: false });
    expect(assetIdSchema.safeParse(shared.assetId).success).toBe(true);
  });
});
