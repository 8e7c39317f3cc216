/**
 * Fills the demo shop: draws every picture, stores it through lib/media and writes the products. Repeatable; a second
 * run finds the pictures by their bytes and changes nothing. What was drawn once is kept in DATA_DIR, so that seeding
 * again draws nothing.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { writeProduct } from "@/lib/catalogue/write-product";
import { storeCataloguePicture } from "@/lib/media/store-picture";
import type { ShopId } from "@/lib/protocol/ids";
import { photograph, toSvg } from "./pictures/studio";
import { demoProducts } from "./products";
import { type PlannedShot, shots } from "./shots";

export interface SeedOptions {
  readonly shopId: ShopId;
  /** Address of the demo shop, such as http://localhost:3000/demo; products' addresses start with it. */
  readonly shopUrl: string;
  /** Folder for drawn pictures; without one they are drawn again. */
  readonly cacheDir?: string;
  readonly onProgress?: (done: number, total: number) => void;
}

export async function seedCatalogue({ shopId, shopUrl, cacheDir, onProgress }: SeedOptions): Promise<void> {
  if (cacheDir) await mkdir(cacheDir, { recursive: true });
  const jobs = Object.entries(shots).flatMap(([product, list]) =>
    list.map((planned, position) => ({ product, position, planned })),
  );
  const pictures = new Map<
    string,
    { assetId: Awaited<ReturnType<typeof storeCataloguePicture>>["assetId"]; alt: string }
  >();
  let next = 0;
  let done = 0;
  const worker = async () => {
    for (let job = jobs[next++]; job; job = jobs[next++]) {
      const bytes = await draw(job.planned, cacheDir);
      const { assetId } = await storeCataloguePicture({ shopId, bytes });
      pictures.set(`${job.product}/${job.position}`, { assetId, alt: job.planned.alt });
      onProgress?.(++done, jobs.length);
    }
  };
  // One more than cores: while one picture waits for the database another is drawn.
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, worker));
  for (const product of demoProducts(shopUrl)) {
    const list = (shots[product.externalId] ?? []).flatMap((_, position) => {
      const picture = pictures.get(`${product.externalId}/${position}`);
      return picture ? [{ ...picture, sourceUrl: "" }] : [];
    });
    await writeProduct(shopId, { ...product, pictures: list });
  }
}

async function draw(planned: PlannedShot, cacheDir: string | undefined): Promise<Buffer> {
  const shot = planned.shot();
  if (!cacheDir) return photograph(shot);
  const name = createHash("sha256")
    .update(await toSvg(shot))
    .digest("hex")
    .slice(0, 32);
  const file = join(cacheDir, `${name}.jpg`);
  const kept = await readFile(file).catch(() => null);
  if (kept) return kept;
  const bytes = await photograph(shot);
  await writeFile(file, bytes);
  return bytes;
}
