/** Senders who lie, hurry, send twice or change their minds: nothing of it is kept, and nobody else notices. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createScanner, scanSlot } from "@/lib/media/scan-upload";
import { testPng } from "@/tests/support/catalogue";
import { MALWARE, startClamd } from "@/tests/support/clamd";
import { plain } from "@/tests/support/hostile-files";
import {
  begin,
  begun,
  giveUp,
  goOn,
  idIn,
  look,
  openUploads,
  progress,
  received,
  refusalOf,
  type Sender,
  type Uploads,
} from "@/tests/support/uploads";

vi.setConfig({ testTimeout: 90_000 });

const logged: string[] = [];
let uploads: Uploads;
let ours: Sender;
beforeAll(async () => {
  uploads = await openUploads((line) => logged.push(line));
});
afterAll(() => uploads.close());
beforeEach(async () => {
  ours = await uploads.newSender();
});

describe("what a file is called", () => {
  it.each([
    ["a path", "../../../../etc/marker4711"],
    ["a name with a zero in it", "marker4711.php\0.png"],
    ["a name that is markup", 'marker4711"><script>alert(1)</script>.svg'],
    ["a device", "CON:marker4711|\\\\server\\share"],
    ["a name of 2,000 letters", `${"marker4711".repeat(200)}.jpg`],
  ])("[ME71] %s reaches neither disk nor database, log nor answer", async (_what, name) => {
    const told = Buffer.from(name, "utf8").toString("base64");
    const metadata = `filename ${told},filetype ${Buffer.from("text/html").toString("base64")}`;
    const bytes = await testPng("teal", 300, 200);
    const begunHere = await begin(ours, bytes.length, bytes.subarray(0, 100), {
      "upload-metadata": metadata,
    });
    expect(begunHere.status).toBe(201);
    const id = idIn(begunHere);
    const answers = [begunHere, await look(ours, id), await goOn(ours, id, 100, bytes.subarray(100))];
    const { waiting } = await uploads.traces();
    expect(waiting.filter((each) => ![id, `${id}.json`].includes(each))).toEqual([]);
    const seen = answers.map((answer) => JSON.stringify([...answer.headers]));
    seen.push(JSON.stringify(await uploads.outcome(ours, id)), ...logged);
    seen.push(JSON.stringify(await uploads.database.db.upload.findUnique({ where: { id } })));
    seen.push(JSON.stringify(await uploads.database.db.asset.findMany()));
    for (const text of seen) expect(text).not.toMatch(/marker4711|bWFya2VyNDcxM|text\/html/);
    await expectNowhereOnDisk(["marker4711", told.slice(0, 40)]);
  });

  it("[ME71] nor while it waits: what lies beside the bytes says nothing about them but their number", async () => {
    const told = Buffer.from("marker4711.png").toString("base64");
    const id = idIn(await begin(ours, 1_000, new Uint8Array(10), { "upload-metadata": `filename ${told}` }));
    await expectNowhereOnDisk(["marker4711", told]);
    expect((await look(ours, id)).headers.get("upload-metadata") ?? "").toBe("");
    await giveUp(ours, id);
  });

  async function expectNowhereOnDisk(words: readonly string[]): Promise<void> {
    const all = await readdir(uploads.database.dataDir, { recursive: true, withFileTypes: true });
    for (const each of all) {
      const path = join(each.parentPath, each.name);
      const bytes = each.isFile() ? await readFile(path).catch(() => Buffer.alloc(0)) : Buffer.alloc(0);
      for (const word of words) {
        expect(path).not.toContain(word);
        expect(bytes.includes(word), `${word} in ${path}`).toBe(false);
      }
    }
  }
});

/** Bytes that come when they are asked to. */
function slowly(bytes: Uint8Array) {
  let go = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const half = Math.floor(bytes.length / 2);
  const stream = new ReadableStream<Uint8Array>({
    start: (into) => into.enqueue(Uint8Array.from(bytes.subarray(0, half))),
    async pull(into) {
      await gate;
      into.enqueue(Uint8Array.from(bytes.subarray(half)));
      into.close();
    },
  });
  return { stream, go };
}

describe("parts that cross each other", () => {
  it("[ME72] of two connections that send the same part at once the file comes out whole", async () => {
    const bytes = await plain(900, 700, "maroon").png({ compressionLevel: 0 }).toBuffer();
    const id = idIn(await begin(ours, bytes.length));
    const first = slowly(bytes);
    const both = [goOn(ours, id, 0, first.stream), goOn(ours, id, 0, bytes)];
    first.go();
    const statuses = (await Promise.all(both)).map(({ status }) => status).sort();
    expect(statuses.filter((status) => status === 204).length).toBeLessThanOrEqual(1);
    for (const status of statuses) expect([204, 400, 404, 409, 503]).toContain(status);
    const from = (await progress(ours, id)).state === "receiving" ? await received(ours, id) : bytes.length;
    if (from < bytes.length) expect((await goOn(ours, id, from, bytes.subarray(from))).status).toBe(204);
    expect(await uploads.outcome(ours, id)).toMatchObject({ state: "shown" });
    const asset = await uploads.database.db.asset.findMany({
      where: { conversationId: ours.conversationId },
    });
    expect(asset).toMatchObject([{ width: 900, height: 700 }]);
  });

  it("[ME72] a part for what is being read, or was, is refused and changes nothing", async () => {
    const bytes = await testPng("olive", 2_000, 1_500);
    const id = await begun(ours, bytes);
    for (const from of [0, 10, bytes.length]) {
      expect(await refusalOf(await goOn(ours, id, from, bytes.subarray(0, 10)))).toEqual({
        status: 409,
        code: "conflict",
      });
    }
    expect(await uploads.outcome(ours, id)).toMatchObject({ state: "shown" });
  });

  it("[ME14, ME72] the same file twice at once is one asset, shown by both", async () => {
    const bytes = await testPng("navy", 1_200, 900);
    const ids = await Promise.all([begun(ours, bytes), begun(ours, bytes)]);
    const [one, other] = await Promise.all(ids.map((id) => uploads.outcome(ours, id)));
    expect(one).toMatchObject({ state: "shown" });
    expect(other).toEqual(one);
    expect(await uploads.database.db.asset.count({ where: { conversationId: ours.conversationId } })).toBe(1);
  });

  it("[ME55, ME72] what is given up while a part of it comes in is gone", async () => {
    const before = await uploads.traces();
    const bytes = await plain(600, 400, "gold").png({ compressionLevel: 0 }).toBuffer();
    const id = idIn(await begin(ours, bytes.length));
    const part = slowly(bytes);
    const sending = goOn(ours, id, 0, part.stream);
    const onDisk = async () => (await stat(join(uploads.database.dataDir, "uploads", id))).size;
    await expect.poll(onDisk, { timeout: 20_000 }).toBeGreaterThan(0);
    expect((await giveUp(ours, id)).status).toBe(204);
    part.go();
    await sending;
    await expect.poll(uploads.traces, { timeout: 20_000 }).toEqual(before);
    expect((await look(ours, id)).status).toBe(404);
  });
});

it("[ME45] what the scanner finds is refused by name, and leaves nothing", async () => {
  const clamd = await startClamd();
  const found: string[] = [];
  scanSlot.provide(createScanner({ ...clamd, onFound: (name) => found.push(name) }));
  try {
    const before = await uploads.traces();
    const bad = Buffer.concat([await testPng("red", 300, 200), Buffer.from(MALWARE, "latin1")]);
    expect(await uploads.send(ours, bad)).toEqual({ state: "failed", error: "infected" });
    expect(found).toHaveLength(1);
    expect(await uploads.traces()).toEqual(before);
    expect(await uploads.send(ours, await testPng("red", 300, 200))).toMatchObject({ state: "shown" });
  } finally {
    scanSlot.provide(null);
    await clamd.close();
  }
});

describe("changing one's mind", () => {
  /** mulberry32: the same seed gives the same course. */
  function dice(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
  }

  it("[ME55, ME74] uploads given up at any moment leave nothing that is not on a panel", async () => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));
    console.info(`SEED=${seed}`);
    const random = dice(seed);
    const before = await uploads.traces();
    const pictures = await Promise.all(
      ["red", "green", "blue", "gray"].map((colour, n) => testPng(colour, 200 + n * 300, 150 + n * 300)),
    );
    const senders = await Promise.all([1, 2, 3, 4].map(() => uploads.newSender()));
    let shown = 0;

    async function oneUpload(sender: Sender): Promise<void> {
      const bytes = pictures[Math.floor(random() * pictures.length)] ?? Buffer.alloc(1);
      // Some of it, all of it, or nothing.
      const first = Math.min(bytes.length, Math.floor(random() * bytes.length * 2));
      const moods = { untilShown: random() < 0.15, looksFirst: Math.floor(random() * 12) };
      const answer = await begin(sender, bytes.length, bytes.subarray(0, first));
      if (answer.status !== 201) return expect(answer.status).toBe(429);
      const id = idIn(answer);
      if (first < bytes.length && random() < 0.5) await goOn(sender, id, first, bytes.subarray(first));
      const isWhole = (await progress(sender, id)).state !== "receiving";
      if (moods.untilShown && isWhole) {
        if ((await uploads.outcome(sender, id)).state === "shown") shown += 1;
      }
      // Each look takes about as long as a step of the reading.
      for (let looked = 0; looked < moods.looksFirst; looked++) await progress(sender, id);
      expect((await giveUp(sender, id)).status).toBe(204);
    }
    await Promise.all(
      senders.map(async (sender) => {
        for (let n = 0; n < 9; n++) await oneUpload(sender);
      }),
    );

    const atWork = () =>
      uploads.database.db.upload.count({ where: { state: { in: ["receiving", "reading", "tiling"] } } });
    await expect.poll(atWork, { timeout: 30_000 }).toBe(0);
    const tidy = async () => {
      const { waiting, scratch, stored, assets } = await uploads.traces();
      const storedIds = [...new Set(stored.map((path) => path.split("/").at(-2) ?? ""))].sort();
      return { waiting, scratch, differs: JSON.stringify(storedIds) !== JSON.stringify([...assets].sort()) };
    };
    await expect
      .poll(tidy, { timeout: 30_000 })
      .toEqual({ waiting: before.waiting, scratch: [], differs: false });
    const posted = await uploads.database.db.message.findMany({
      where: { conversationId: { in: senders.map(({ conversationId }) => conversationId) } },
    });
    const onPanels = new Set(posted.flatMap(({ body }) => assetIn(body)));
    const made = (await uploads.traces()).assets.filter((id) => !before.assets.includes(id));
    expect(made.filter((id) => !onPanels.has(id))).toEqual([]);
    expect(onPanels.size).toBeGreaterThanOrEqual(Math.min(1, shown));
  });

  const assetIn = (body: unknown): string[] =>
    typeof body === "object" && body !== null && "assetId" in body ? [String(body.assetId)] : [];
});
