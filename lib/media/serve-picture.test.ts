import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signMediaToken } from "@/lib/auth/tokens";
import { configSlot } from "@/lib/protocol/config-slot";
import { assetIdSchema } from "@/lib/protocol/ids";
import { mediaSizes } from "./address";
import { createDiskStore } from "./disk-store";
import { servePicture } from "./serve-picture";
import { mediaStoreSlot } from "./store";

const assetId = assetIdSchema.parse(randomUUID());
const bytes = new TextEncoder().encode("pixels");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vt-serve-"));
  configSlot.provide({
    publicUrl: "http://127.0.0.1",
    dataDir: folder,
    secret: "s".repeat(64),
    version: "test",
    embedded: false,
  });
  const store = await createDiskStore(folder);
  mediaStoreSlot.provide(store);
  await store.put(assetId, [{ longest: 160, bytes }]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const inAnHour = () => new Date(Date.now() + 3_600_000);

function ask(
  token: string | null,
  address: { assetId?: string; longest?: string } = {},
  init: RequestInit = {},
) {
  const query = token === null ? "" : `?t=${encodeURIComponent(token)}`;
  const asked = { assetId, longest: "160", ...address };
  return servePicture(
    new Request(`http://127.0.0.1/media/${asked.assetId}/${asked.longest}${query}`, init),
    asked,
  );
}

describe("serving a picture", () => {
  it("[ME19] answers with its type and rules that keep it private and harmless", async () => {
    const answer = await ask(await signMediaToken(assetId, inAnHour()));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("pixels");
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/webp",
      "content-length": "6",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringMatching(/default-src 'none'.*sandbox/),
      "cache-control": expect.stringMatching(/^private, .*immutable$/),
      etag: expect.stringContaining(assetId),
    });
  });

  it("[ME19] a browser that has it already is told so", async () => {
    const token = await signMediaToken(assetId, inAnHour());
    const etag = (await ask(token)).headers.get("etag") ?? "";
    for (const sent of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const answer = await ask(token, {}, { headers: { "if-none-match": sent } });
      expect(answer.status, sent).toBe(304);
      expect(await answer.text()).toBe("");
    }
    expect((await ask(token, {}, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  });

  it("[ME19] HEAD answers without content", async () => {
    const answer = await ask(await signMediaToken(assetId, inAnHour()), {}, { method: "HEAD" });
    expect(answer.headers.get("content-length")).toBe("6");
    expect(await answer.text()).toBe("");
  });

  it("[ME18] refuses a missing, altered, expired or foreign token, also for what does not exist", async () => {
    const other = assetIdSchema.parse(randomUUID());
    const good = await signMediaToken(assetId, inAnHour());
    const tokens = [
      null,
      "",
      "x",
      `${good}x`,
      good.replace(/^./, "z"),
      await signMediaToken(other, inAnHour()),
      await signMediaToken(assetId, new Date(Date.now() - 1_000)),
    ];
    for (const token of tokens)
      await expect(ask(token), String(token)).rejects.toMatchObject({ code: "unauthorized" });
    for (const hostile of [other, "..", "../../secret", "x'; --"]) {
      await expect(ask(good, { assetId: hostile }), hostile).rejects.toMatchObject({ code: "unauthorized" });
    }
  });

  it("[ME18] a size that is no stored one is not found", async () => {
    const token = await signMediaToken(assetId, inAnHour());
    for (const longest of ["640", "0", "-160", "160.webp", "../160", "1e2", "999999999999"]) {
      await expect(ask(token, { longest }), longest).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it("[ME20] addresses stay equal for a window, outlast it, and then change", async () => {
    const asset = { assetId, sizes: [160, 900] };
    const start = 1_800_000_000_000 - (1_800_000_000_000 % 3_600_000);
    const first = await mediaSizes(asset, start);
    expect(first.map((size) => size.longest)).toEqual([160, 900]);
    expect(await mediaSizes(asset, start + 3_599_000)).toEqual(first);
    expect(await mediaSizes(asset, start + 3_600_000)).not.toEqual(first);
    const [small] = await mediaSizes(asset);
    const token = new URL(small?.url ?? "", "http://127.0.0.1").searchParams.get("t");
    expect((await ask(token)).status).toBe(200);
  });
});
