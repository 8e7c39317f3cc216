import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import type { DryRunOrder } from "@/lib/mirror/dry-run/dry-run-port";
import { dryRunSlot } from "@/lib/mirror/dry-run/dry-run-slot";
import type { ShopId } from "@/lib/protocol/ids";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { createShop } from "@/tests/support/shop-people";
import { saveMirrorSettings } from "./mirror-settings";
import { tryMirrorRules } from "./try-mirror-rules";

let database: TestDatabase;
let shopId: ShopId;
/** What would have been opened: opening it is lib/mirror/dry-run's, and tried there. */
let opened: DryRunOrder[];
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  shopId = await createShop();
  await getDb().shop.update({
    where: { id: shopId },
    data: { origins: ["https://shop.example", "https://konto.shop.example:8443"] },
  });
  opened = [];
  dryRunSlot.provide(async (order) => {
    opened.push(order);
    return { kind: "problem", problem: "busy" };
  });
});

it("[MI202] opens pages of the shop's own sites, and compares with the saved rules", async () => {
  const saved = { mask: [".name"] };
  await saveMirrorSettings(shopId, { on: true, rules: saved, write: true, writeBy: "agent" });
  const edited = { hide: [".name"] };
  for (const [typed, url] of [
    ["https://shop.example/account?page=2", "https://shop.example/account?page=2"],
    [" /checkout ", "https://shop.example/checkout"],
    ["https://KONTO.shop.example:8443/", "https://konto.shop.example:8443/"],
  ] as const) {
    expect(await tryMirrorRules(shopId, typed, edited)).toEqual({ kind: "problem", problem: "busy" });
    expect(opened.pop()).toEqual({ url, edited, saved });
  }
});

it.each([
  "https://other.example/",
  "https://shop.example.other.example/",
  "http://shop.example/",
  "https://konto.shop.example/",
  "//other.example/",
  "https://name:word@shop.example/",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "https://",
  `https://shop.example/${"x".repeat(3_000)}`,
])("[MI202] nothing else is opened: %s", async (typed) => {
  expect(await tryMirrorRules(shopId, typed, {})).toEqual({ kind: "problem", problem: "foreign" });
  expect(opened).toEqual([]);
});

it("[MI202] nor with rules that cannot be read or show too much, nor without end", async () => {
  for (const rules of [null, { mask: ["p:is("] }, { show: ["*"] }, { show: ["div"] }]) {
    expect(await tryMirrorRules(shopId, "/", rules)).toEqual({ kind: "problem", problem: "rules" });
  }
  expect(opened).toEqual([]);
  const tries = Array.from({ length: 20 }, () => tryMirrorRules(shopId, "/", {}));
  const ends = await Promise.allSettled(tries);
  expect(ends.filter(({ status }) => status === "rejected")).toHaveLength(4);
  await expect(tryMirrorRules(shopId, "/", {})).rejects.toMatchObject({ code: "too_many" });
});
