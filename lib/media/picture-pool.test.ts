import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPicturePool, type PicturePool } from "./picture-pool";
import type { PictureTask } from "./picture-task";

/** A decoder caught in an endless loop by one kind of picture, as a hostile file might do. */
const STUCK = `export default (task) => {
  if (task.kind === "gif") for (;;) {}
  return { ok: false, code: "broken_picture", detail: "answered" };
};`;
/** Milliseconds: how long the stuck one may take here. */
const PATIENCE_MS = 500;

let folder: string;
let pool: PicturePool;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vt-pool-"));
  await writeFile(join(folder, "stuck.mjs"), STUCK);
  pool = createPicturePool(join(folder, "stuck.mjs"));
});
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

const task = (kind: PictureTask["kind"]): PictureTask => ({
  source: new Uint8Array(8),
  kind,
  maxPixels: 1,
  maxHeicPixels: 1,
  maxWholeLongest: 1,
  rungs: [],
  usableLongest: 640,
  port: null,
  rungMargin: 1,
});

describe("the pool of threads", () => {
  it("[ME11] ends a thread that does not come back, and goes on with a fresh one", async () => {
    for (let round = 0; round < 3; round++) {
      await expect(pool.read(task("gif"), AbortSignal.timeout(PATIENCE_MS))).rejects.toThrow();
      const next = await pool.read(task("png"), AbortSignal.timeout(20_000));
      expect(next).toMatchObject({ ok: false, detail: "answered" });
    }
  });

  it("[ME11] ends threads that do not come back while others wait, and those get their turn", async () => {
    const stuck = Array.from({ length: 6 }, () => pool.read(task("gif"), AbortSignal.timeout(PATIENCE_MS)));
    const waiting = Array.from({ length: 3 }, () => pool.read(task("png"), AbortSignal.timeout(20_000)));
    for (const { status } of await Promise.allSettled(stuck)) expect(status).toBe("rejected");
    for (const answer of await Promise.all(waiting))
      expect(answer).toMatchObject({ ok: false, detail: "answered" });
  });
});
