/**
 * The demo shop of an embedded installation: made at the first start, and kept pointing at the address it is served
 * from. Its sign-ins stand in DATA_DIR/demo.json for scripts and tests.
 */
import { createHash } from "node:crypto";
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { getDb } from "@/lib/db/client";
import { getConfig } from "@/lib/protocol/config-slot";
import { type ShopId, shopIdSchema } from "@/lib/protocol/ids";
import type { MemberRole } from "@/lib/protocol/roles";
import { createShop, DEMO_KEY_PREFIX } from "@/lib/shops/create-shop";
import { findShop, type Shop } from "@/lib/shops/find-shop";
import { createPerson, listPeople, resetPassword } from "@/lib/shops/people";
import { demoProducts, SHOP_NAME } from "@/prisma/seed/products";
import { seedCatalogue } from "@/prisma/seed/seed-catalogue";

const signInSchema = z.object({ email: z.string(), password: z.string() });

const demoSchema = z.object({
  baseUrl: z.string(),
  shopUrl: z.string(),
  deskUrl: z.string(),
  insightsUrl: z.string(),
  shopKey: z.string(),
  agent: signInSchema,
  manager: signInSchema,
  admin: signInSchema,
});
export type DemoShop = z.infer<typeof demoSchema>;

/** Terracotta, as the demo shop itself wears. */
const DEMO_ACCENT = "#9a3f1d";
const people = {
  agent: { name: "Anna Lindner", email: "anna@demo.example", role: "agent" },
  manager: { name: "Marco Conti", email: "marco@demo.example", role: "manager" },
  admin: { name: "Sofia Keller", email: "sofia@demo.example", role: "admin" },
} as const satisfies Record<string, { name: string; email: string; role: MemberRole }>;
type DemoRole = keyof typeof people;

export interface DemoAddress {
  /** How this machine reaches the server. */
  readonly baseUrl: string;
  readonly port: number;
  readonly publicUrl: string;
}

/** Shop, people and catalogue; does next to nothing when all is there already. */
export async function seedDemo(
  address: DemoAddress,
  onPicture: (done: number, total: number) => void,
): Promise<DemoShop | null> {
  const opened = await openDemo(address);
  if (!opened) return null;
  await fillCatalogue(opened.shop.shopId, opened.demo.shopUrl, onPicture);
  return opened.demo;
}

/** Shop and people, and demo.json; null when somebody works in earnest here. */
export async function openDemo(
  address: DemoAddress,
): Promise<{ readonly shop: Shop; readonly demo: DemoShop } | null> {
  const file = join(getConfig().dataDir, "demo.json");
  // Two sites on purpose: the shop's page lives on `localhost`, we on 127.0.0.1, as with a real shop.
  const shopOrigin = `http://localhost:${address.port}`;
  const shop = await openDemoShop([shopOrigin, address.baseUrl, address.publicUrl]);
  if (!shop) return null;
  const kept = readDemo(file);
  const demo: DemoShop = {
    baseUrl: address.baseUrl,
    shopUrl: `${shopOrigin}/demo`,
    deskUrl: `${address.baseUrl}/desk`,
    insightsUrl: `${address.baseUrl}/insights`,
    shopKey: shop.key,
    agent: await signInOf(shop, "agent", kept),
    manager: await signInOf(shop, "manager", kept),
    admin: await signInOf(shop, "admin", kept),
  };
  writeDemo(file, demo);
  return { shop, demo };
}

/** Skipped when this very catalogue was written for this very address before. */
async function fillCatalogue(
  shopId: ShopId,
  shopUrl: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { dataDir } = getConfig();
  const stamp = join(dataDir, "demo-catalogue");
  const wanted = createHash("sha256")
    .update(JSON.stringify(demoProducts(shopUrl)))
    .update(shopId)
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  await seedCatalogue({ shopId, shopUrl, cacheDir: join(dataDir, "cache", "pictures"), onProgress });
  writeFileSync(stamp, wanted);
}

/** Null when the installation holds a shop that is not the demo's: somebody works in earnest here. */
async function openDemoShop(origins: readonly string[]): Promise<Shop | null> {
  const rows = await getDb().shop.findMany({ orderBy: { createdAt: "asc" }, take: 1 });
  const row = rows[0];
  const wanted = [...new Set(origins)];
  if (!row) {
    return createShop({ name: SHOP_NAME, origins: wanted, accent: DEMO_ACCENT, demo: true, mirror: true });
  }
  if (!row.key.startsWith(DEMO_KEY_PREFIX)) return null;
  const all = [...new Set([...row.origins, ...wanted])];
  if (all.length > row.origins.length) {
    await getDb().shop.update({ where: { id: row.id }, data: { origins: all } });
  }
  return findShop(shopIdSchema.parse(row.id));
}

/**
 * Made once; somebody removed by an admin does not come back. The password is made anew when demo.json, the only place
 * that knows it, is gone.
 */
async function signInOf(shop: Shop, role: DemoRole, kept: DemoShop | null) {
  if (kept && kept.shopKey === shop.key) return kept[role];
  const { name, email, role: memberRole } = people[role];
  const existing = (await listPeople(shop.shopId)).find((person) => person.email === email);
  if (!existing) {
    const { password } = await createPerson(shop.shopId, { name, email, role: memberRole });
    return { email, password };
  }
  return { email, password: await resetPassword(shop.shopId, existing.memberId) };
}

function readDemo(file: string): DemoShop | null {
  try {
    return demoSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

function writeDemo(file: string, demo: DemoShop): void {
  const draft = `${file}.writing`;
  writeFileSync(draft, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}
