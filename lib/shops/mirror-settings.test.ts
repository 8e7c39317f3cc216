import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { ShopId } from "@/lib/protocol/ids";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { createShop } from "@/tests/support/shop-people";
import { loadMirrorSettings, type MirrorSettings, saveMirrorSettings } from "./mirror-settings";

let database: TestDatabase;
let shopId: ShopId;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  shopId = await createShop();
});

const settings = (rules: unknown): MirrorSettings => ({ on: true, rules, write: false, writeBy: "senior" });

it("[MI125] a new shop has the mirror switched off and no rules; what is saved is what is read", async () => {
  expect(await loadMirrorSettings(shopId)).toEqual({ on: false, rules: {}, write: true, writeBy: "agent" });
  const saved = settings({
    mode: "allow-list",
    mask: [".name", { selector: "input:not(.open)", path: "/account/*" }],
    show: ["#price"],
    privatePaths: ["/account/*"],
  });
  expect(await saveMirrorSettings(shopId, saved)).toEqual([]);
  expect(await loadMirrorSettings(shopId)).toEqual(saved);
});

it("[MI125] rules that cannot be read, or show too much, are not saved, and told with their place", async () => {
  for (const [rules, where, what] of [
    [null, "rules", "unreadable"],
    [undefined, "rules", "unreadable"],
    ["mask", "rules", "unreadable"],
    [{ masc: [] }, "masc", "unknown key"],
    [{ mask: [".a", "..b"] }, "mask[1]", "unparsable"],
    [{ hide: ["p::before"] }, "hide[0]", "pseudo-element"],
    [{ show: ["*"] }, "show[0]", "too broad"],
    [{ show: ["#a", "div"] }, "show[1]", "too broad"],
    [{ noControl: [7] }, "noControl[0]", "unreadable"],
    [{ urlParams: ["token"] }, "urlParams[0]", "secret parameter"],
    [{ mode: "open" }, "mode", "unreadable"],
  ] as const) {
    const found = await saveMirrorSettings(shopId, settings(rules));
    expect(found, JSON.stringify(rules)).toMatchObject([{ where, what }]);
  }
  expect(await loadMirrorSettings(shopId)).toMatchObject({ on: false, rules: {} });
});

it("[MI125] rules of any length are not", async () => {
  const long = { mask: Array.from({ length: 2_000 }, () => ".".padEnd(400, "x")) };
  await expect(saveMirrorSettings(shopId, settings(long))).rejects.toMatchObject({ code: "too_large" });
});
