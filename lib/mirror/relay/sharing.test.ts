import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeCodes } from "@/lib/protocol/close-codes";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import type { MirrorClient } from "@/tests/support/mirror/mirror-client";
import { type MirrorWorld, startMirrorWorld } from "@/tests/support/mirror/mirror-world";
import { until } from "@/tests/support/sync/until";

let database: TestDatabase;
let world: MirrorWorld;
beforeAll(async () => {
  database = await openTestDatabase("postgres");
});
afterAll(() => database.close());
beforeEach(async () => {
  world = await startMirrorWorld(database, { askFullMs: 50, lagMs: 5, probeMs: 100 });
});
afterEach(() => world.close());

/** The customer shares, and has sent the first of her page. */
async function shared(): Promise<MirrorClient> {
  const customer = await world.open("customer");
  await customer.asked({ type: "share", resume: null });
  customer.send("full", 1, 0, "page");
  await customer.settle();
  return customer;
}

async function watching(who: "anna" | "ben" | "sofia"): Promise<MirrorClient> {
  const client = await world.open(who);
  await client.asked({ type: "watch" });
  return client;
}

describe("the page on its way", () => {
  it("[MI111] passes frames on as they came, in order, and to nobody who does not watch", async () => {
    const customer = await shared();
    const anna = await watching("anna");
    const ben = await world.open("ben");
    for (let seq = 1; seq <= 200; seq++) customer.send("delta", 1, seq, `change ${seq}`);
    await until("all came", () => anna.frames.length === 201);
    expect(anna.payloads()).toEqual([
      "page",
      ...Array.from({ length: 200 }, (_, index) => `change ${index + 1}`),
    ]);
    expect(ben.frames).toEqual([]);
    expect(customer.frames).toEqual([]);
  });
});
