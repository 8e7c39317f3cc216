import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MediaReader, signMediaToken } from "@/lib/auth/media-token";
import {
  type AssetId,
  assetIdSchema,
  memberIdSchema,
  participantIdSchema,
  type ShopId,
} from "@/lib/protocol/ids";
import { createTestShop, provideTestStore } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { mediaSizes } from "./address";
import { sizeName, TILES_NAME, videoName } from "./file-name";
import { serveMedia } from "./serve-media";
import { getMediaStore } from "./store";
import { writeTilePack } from "./tile-pack";

const bytes = new TextEncoder().encode("pixels");
const film = randomBytes(10_000);
let database: TestDatabase;
let shopId: ShopId;
/** One of the shop's catalogue, with everything that an asset may have. */
let assetId: AssetId;

beforeAll(async () => {
  database = await openTestDatabase();
  await provideTestStore(database.dataDir);
  shopId = await createTestShop();
  assetId = await newAsset(null);
  const folder = join(database.dataDir, "tiles");
  for (const [level, tiles] of Object.entries({ 12: ["0_0"], 13: ["0_0", "1_0", "0_1", "1_1"] })) {
    await mkdir(join(folder, level), { recursive: true });
    for (const tile of tiles) await writeFile(join(folder, level, `${tile}.webp`), `${level}/${tile}`);
  }
  const levels = [
    { level: 12, columns: 1, rows: 1 },
    { level: 13, columns: 2, rows: 2 },
  ];
  const path = join(database.dataDir, "pack");
  await writeTilePack({ folder, tileSize: 512, levels }, path);
  await getMediaStore().put({ shopId, assetId }, [
    { name: videoName("video/mp4"), bytes: film },
    { name: TILES_NAME, path },
  ]);
});
afterAll(() => database.close());

async function newAsset(conversationId: string | null): Promise<AssetId> {
  const id = assetIdSchema.parse(randomUUID());
  await getMediaStore().put({ shopId, assetId: id }, [{ name: sizeName(160), bytes }]);
  const data = { id, shopId, conversationId, width: 160, height: 90, sizes: [160], sha256: id };
  await database.db.asset.create({ data });
  return id;
}

const inAnHour = () => new Date(Date.now() + 3_600_000);
const tokenFor = (id: AssetId, reader: MediaReader | null = null) => signMediaToken(id, reader, inAnHour());

function ask(
  token: string | null,
  address: { assetId?: string; path?: string } = {},
  init: RequestInit = {},
) {
  const query = token === null ? "" : `?t=${encodeURIComponent(token)}`;
  const { path = "160", assetId: id = assetId } = address;
  const request = new Request(`http://127.0.0.1/media/${id}/${path}${query}`, init);
  return serveMedia(request, { assetId: id, path: path.split("/") }, async () => undefined);
}

describe("serving a picture", () => {
  it("[ME19] answers with its type and rules that keep it private and harmless", async () => {
    const answer = await ask(tokenFor(assetId));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("pixels");
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/webp",
      "content-length": "6",
      "x-content-type-options": "nosniff",
      "content-disposition": 'inline; filename="vetrina-160.webp"',
      "content-security-policy": expect.stringMatching(/default-src 'none'.*sandbox/),
      "cache-control": expect.stringMatching(/^private, .*immutable$/),
      etag: expect.stringContaining(assetId),
    });
  });

  it("[ME19] a browser that has it already is told so", async () => {
    const token = tokenFor(assetId);
    const etag = (await ask(token)).headers.get("etag") ?? "";
    for (const sent of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const answer = await ask(token, {}, { headers: { "if-none-match": sent } });
      expect(answer.status, sent).toBe(304);
      expect(await answer.text()).toBe("");
    }
    expect((await ask(token, {}, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  });

  it("[ME19] HEAD answers without content", async () => {
    const answer = await ask(tokenFor(assetId), {}, { method: "HEAD" });
    expect(answer.headers.get("content-length")).toBe("6");
    expect(await answer.text()).toBe("");
  });

  it("[ME18] refuses a missing, altered, expired or foreign token, also for what does not exist", async () => {
    const other = assetIdSchema.parse(randomUUID());
    const good = tokenFor(assetId);
    const tokens = [
      null,
      "",
      "x",
      `${good}x`,
      good.replace(/^./, "z"),
      tokenFor(other),
      signMediaToken(assetId, null, new Date(Date.now() - 1_000)),
    ];
    for (const token of tokens)
      await expect(ask(token), String(token)).rejects.toMatchObject({ code: "unauthorized" });
    for (const hostile of [other, "..", "../../secret", "x'; --"]) {
      await expect(ask(good, { assetId: hostile }), hostile).rejects.toMatchObject({ code: "unauthorized" });
    }
  });

  it("[ME18] a size that is no stored one is not found", async () => {
    const token = tokenFor(assetId);
    const paths = [
      "640",
      "0",
      "-160",
      "160.webp",
      "../160",
      "1e2",
      "999999999999",
      "tiles.pack",
      "video.webm",
      "",
    ];
    for (const path of paths) {
      await expect(ask(token, { path }), path).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it("[ME20] addresses stay equal for a window, outlast it, and then change", async () => {
    const asset = { assetId, sizes: [160, 900] };
    const start = 1_800_000_000_000 - (1_800_000_000_000 % 3_600_000);
    const first = await mediaSizes(asset, null, start);
    expect(first.map((size) => size.longest)).toEqual([160, 900]);
    expect(await mediaSizes(asset, null, start + 3_599_000)).toEqual(first);
    expect(await mediaSizes(asset, null, start + 3_600_000)).not.toEqual(first);
    const [small] = await mediaSizes(asset, null);
    const token = new URL(small?.url ?? "", "http://127.0.0.1").searchParams.get("t");
    expect((await ask(token)).status).toBe(200);
  });
});

describe("parts of a file", () => {
  const range = (value: string, path = "video.mp4") =>
    ask(tokenFor(assetId), { path }, { headers: { range: value } });

  it.each([
    ["bytes=0-99", 0, 99],
    ["bytes=9900-", 9_900, 9_999],
    ["bytes=-10", 9_990, 9_999],
    ["bytes=5000-999999", 5_000, 9_999],
    ["bytes=-999999", 0, 9_999],
  ])("[ME52] %s is answered with just that", async (value, start, end) => {
    const answer = await range(value);
    expect(answer.status).toBe(206);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "video/mp4",
      "content-range": `bytes ${start}-${end}/10000`,
      "content-length": String(end - start + 1),
      "accept-ranges": "bytes",
    });
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(film.subarray(start, end + 1));
  });

  it("[ME52] what begins behind the end is refused, and what is no single range means all of it", async () => {
    for (const value of ["bytes=10000-", "bytes=-0"]) {
      const answer = await range(value);
      expect([answer.status, answer.headers.get("content-range")]).toEqual([416, "bytes */10000"]);
    }
    for (const value of ["bytes=9-3", "bytes=0-1,4-5", "lines=1-2", "bytes=", "bytes=a-b", "x"]) {
      const answer = await range(value);
      expect([answer.status, (await answer.arrayBuffer()).byteLength], value).toEqual([200, 10_000]);
    }
    const headers = { range: "bytes=0-9", "if-range": '"another"' };
    expect((await ask(tokenFor(assetId), { path: "video.mp4" }, { headers })).status).toBe(200);
  });

  it("[ME60] tiles are found by level, column and row, and by nothing else", async () => {
    const tile = async (path: string) => (await ask(tokenFor(assetId), { path: `tiles/${path}` })).text();
    for (const path of ["12/0_0", "13/0_0", "13/1_0", "13/0_1", "13/1_1"]) {
      expect(await tile(path)).toBe(path);
    }
    for (const path of [
      "13/2_0",
      "13/0_2",
      "14/0_0",
      "13/-1_0",
      "13/0",
      "13/0_0/1",
      "a/0_0",
      "13/1_0.webp",
    ]) {
      await expect(tile(path), path).rejects.toMatchObject({ code: "not_found" });
    }
    const other = await newAsset(null);
    await expect(ask(tokenFor(other), { assetId: other, path: "tiles/12/0_0" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("for whom an address was made", () => {
  async function conversation() {
    const visitor = await database.db.visitor.create({ data: { shopId } });
    const { id, participants } = await database.db.conversation.create({
      data: {
        shopId,
        visitorId: visitor.id,
        participants: { create: { role: "customer", visitorId: visitor.id, name: "Guest", color: 0 } },
      },
      include: { participants: true },
    });
    const participantId = participantIdSchema.parse(participants[0]?.id);
    return { id, participantId, reader: { kind: "participant", participantId } as const };
  }
  const refused = { code: "unauthorized" };

  it("[ME50] a participant's address is worth nothing for another conversation's, and once she has left", async () => {
    const [ours, theirs] = [await conversation(), await conversation()];
    const own = await newAsset(ours.id);
    expect((await ask(tokenFor(own, ours.reader), { assetId: own })).status).toBe(200);
    await expect(ask(tokenFor(own, theirs.reader), { assetId: own })).rejects.toMatchObject(refused);
    await expect(ask(tokenFor(own, null), { assetId: own })).rejects.toMatchObject(refused);

    const second = await newAsset(ours.id);
    await database.db.participant.update({ where: { id: ours.participantId }, data: { leftAt: new Date() } });
    await expect(ask(tokenFor(second, ours.reader), { assetId: second })).rejects.toMatchObject(refused);
  });

  it("[ME50] one of the shop's people's is good while she is one of them, and not in another shop", async () => {
    const { id } = await conversation();
    const own = await newAsset(id);
    const user = await database.db.user.create({
      data: { name: "Marco", email: `${randomUUID()}@shop.example` },
    });
    const reader = async (of: ShopId): Promise<MediaReader> => {
      const row = await database.db.member.create({ data: { shopId: of, userId: user.id, role: "agent" } });
      return { kind: "member", memberId: memberIdSchema.parse(row.id) };
    };
    const [ours, theirs] = [await reader(shopId), await reader(await createTestShop())];
    expect((await ask(tokenFor(own, ours), { assetId: own })).status).toBe(200);
    await expect(ask(tokenFor(own, theirs), { assetId: own })).rejects.toMatchObject(refused);
    const next = await newAsset(id);
    await database.db.member.deleteMany({ where: { userId: user.id, shopId } });
    await expect(ask(tokenFor(next, ours), { assetId: next })).rejects.toMatchObject(refused);
  });

  it("[ME50] what was erased with its conversation opens for nobody", async () => {
    const { id, reader } = await conversation();
    const own = await newAsset(id);
    await database.db.conversation.delete({ where: { id } });
    await expect(ask(tokenFor(own, reader), { assetId: own })).rejects.toMatchObject(refused);
  });
});
