import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { getAuth } from "@/lib/auth/auth";
import { createShop } from "@/lib/shops/create-shop";
import { listPeople, removePerson } from "@/lib/shops/people";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type DemoShop, openDemo } from "./seed-demo";

const address = { baseUrl: "http://127.0.0.1:4000", port: 4000, publicUrl: "http://127.0.0.1:4000" };

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.shop.deleteMany();
  await database.db.user.deleteMany();
  rmSync(file(), { force: true });
});

function file(): string {
  return join(database.dataDir, "demo.json");
}

async function open() {
  const opened = await openDemo(address);
  if (!opened) throw new Error("no demo");
  return opened;
}

async function canSignIn({ email, password }: DemoShop["agent"]): Promise<boolean> {
  const answer = await getAuth().api.signInEmail({ body: { email, password }, asResponse: true });
  return answer.ok;
}

it("[RU7] demo.json holds what the issue asks for, for its owner only, and its sign-ins work", async () => {
  const { demo, shop } = await open();
  expect(JSON.parse(readFileSync(file(), "utf8"))).toEqual(demo);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(demo).toMatchObject({
    baseUrl: "http://127.0.0.1:4000",
    shopUrl: "http://localhost:4000/demo",
    deskUrl: "http://127.0.0.1:4000/desk",
    insightsUrl: "http://127.0.0.1:4000/insights",
    shopKey: shop.key,
  });
  for (const one of [demo.agent, demo.manager, demo.admin]) expect(await canSignIn(one)).toBe(true);
  expect((await listPeople(shop.shopId)).map((one) => one.role)).toEqual(["agent", "manager", "admin"]);
});

it("[RU7] a second start keeps shop and sign-ins, follows a new port, and brings nobody back", async () => {
  const first = await open();
  const anna = (await listPeople(first.shop.shopId))[0];
  if (!anna) throw new Error("no Anna");
  await removePerson(first.shop.shopId, anna.memberId);
  const second = await openDemo({
    baseUrl: "http://127.0.0.1:5000",
    port: 5000,
    publicUrl: "http://127.0.0.1:5000",
  });
  expect(second?.demo).toMatchObject({ shopKey: first.demo.shopKey, admin: first.demo.admin });
  expect(second?.demo.shopUrl).toBe("http://localhost:5000/demo");
  expect(second?.shop.origins).toEqual(
    expect.arrayContaining(["http://localhost:4000", "http://localhost:5000"]),
  );
  expect(await listPeople(first.shop.shopId)).toHaveLength(2);
});

it("[RU7] an interrupted first start, or a lost demo.json, is made good", async () => {
  await createShop({ name: "Half made", demo: true });
  const { demo } = await open();
  expect(await canSignIn(demo.agent)).toBe(true);
  rmSync(file());
  const again = await open();
  expect(again.demo.agent.password).not.toBe(demo.agent.password);
  expect(await canSignIn(again.demo.agent)).toBe(true);
});

it("[RU7] where somebody works in earnest there is no demo", async () => {
  await createShop({ name: "Real shop" });
  expect(await openDemo(address)).toBeNull();
});
