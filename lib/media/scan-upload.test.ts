import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type ClamdServer, MALWARE, startClamd, wholeMalware } from "@/tests/support/clamd";
import { createScanner, scanSlot, scanUpload } from "./scan-upload";

/** Milliseconds: clamd takes its time to start. */
vi.setConfig({ hookTimeout: 120_000 });

let folder: string;
let clamd: ClamdServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vt-scan-"));
  clamd = await startClamd();
});
afterAll(async () => {
  await clamd.close();
  await rm(folder, { recursive: true });
});
afterEach(() => scanSlot.provide(null));

const found: string[] = [];
const provideClamd = () => scanSlot.provide(createScanner({ ...clamd, onFound: (name) => found.push(name) }));
const filler = (bytes: number) => Buffer.alloc(bytes, "nothing to see here ");

describe("with a real clamd", () => {
  it("[ME45] a clean file passes, as a path and in pieces", async () => {
    provideClamd();
    const path = join(folder, "clean.bin");
    await writeFile(path, filler(3_000_000));
    await expect(scanUpload(path)).resolves.toBeUndefined();
    await expect(scanUpload([filler(10), filler(200_000), Buffer.alloc(0)])).resolves.toBeUndefined();
    await expect(scanUpload([])).resolves.toBeUndefined();
  });

  it("[ME45] an infected one is refused, wherever in it the evil lies; only the log learns its name", async () => {
    provideClamd();
    const path = join(folder, "bad.jpg");
    await writeFile(path, Buffer.concat([filler(1_000_000), Buffer.from(MALWARE), filler(1_000_000)]));
    const refusal = await scanUpload(path).catch((error) => error);
    expect(refusal).toMatchObject({ code: "infected" });
    expect(refusal.message).not.toContain("Vetrina.Test");
    await expect(scanUpload([wholeMalware()])).rejects.toMatchObject({ code: "infected" });
    // Cut in two, it is still one.
    const [first, second] = [MALWARE.slice(0, 9), MALWARE.slice(9)].map((part) => Buffer.from(part));
    await expect(
      scanUpload([first ?? [], second ?? []].map((part) => Buffer.from(part))),
    ).rejects.toMatchObject({
      code: "infected",
    });
    expect(found).toEqual([
      expect.stringContaining("Vetrina.Test"),
      expect.stringContaining("Vetrina.Test.Whole"),
      expect.stringContaining("Vetrina.Test"),
    ]);
  });

  it("[ME45] many at once each get their own answer", async () => {
    provideClamd();
    const codes = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        scanUpload([filler(100_000), Buffer.from(index % 2 === 0 ? MALWARE : "fine")]).then(
          () => "clean",
          (error) => error.code,
        ),
      ),
    );
    expect(codes).toEqual(codes.map((_, index) => (index % 2 === 0 ? "infected" : "clean")));
  });

  it("[ME46] more than clamd takes is not let through", async () => {
    provideClamd();
    const pieces = Array.from({ length: 100 }, () => filler(100_000));
    await expect(scanUpload(pieces)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("[ME46] a file that cannot be read is not let through either", async () => {
    provideClamd();
    await expect(scanUpload(join(folder, "none"))).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("without", () => {
  it("[ME47] no clamd set: nothing is scanned, and nothing is waited for", async () => {
    scanSlot.provide(null);
    await expect(scanUpload([Buffer.from(MALWARE)])).resolves.toBeUndefined();
  });
});

describe("a clamd that fails", () => {
  let server: Server | null = null;
  afterEach(() => server?.close());

  async function startServer(onSocket: (socket: Socket) => void): Promise<void> {
    const listening = createServer((socket) => {
      socket.on("error", () => undefined);
      onSocket(socket);
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
    const { port } = listening.address() as AddressInfo;
    scanSlot.provide(
      createScanner({ host: "127.0.0.1", port, onFound: () => undefined, answerWithinMs: 300 }),
    );
  }
  const answering = (answer: string) => (socket: Socket) => {
    socket.resume();
    socket.once("data", () => socket.write(answer));
  };

  it.each<[string, (socket: Socket) => void]>([
    ["hangs up at once", (socket) => socket.destroy()],
    ["vanishes half-way", (socket) => socket.once("data", () => socket.destroy())],
    ["ends politely without a word", (socket) => socket.resume().once("data", () => socket.end())],
    ["stays silent", (socket) => socket.resume()],
    ["takes nothing", (socket) => socket.pause()],
    ["answers garbage", answering("HTTP/1.1 200 OK\r\n\r\n\0")],
    ["answers without end", answering("x".repeat(100_000))],
    ["answers an error", answering("stream: Can't allocate memory ERROR\0")],
    ["almost says OK", answering("stream: NOT OK\0")],
  ])("[ME46] one that %s lets nothing through", async (_what, onSocket) => {
    await startServer(onSocket);
    const pieces = Array.from({ length: 200 }, () => filler(100_000));
    await expect(scanUpload(pieces)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("[ME46] one that is not there lets nothing through", async () => {
    await startServer(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    await expect(scanUpload([filler(10)])).rejects.toMatchObject({ code: "unavailable" });
  });

  it("[ME46] a file that goes away while clamd is being called ends the scan, not the process", async () => {
    await startServer(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    const missing = join(folder, "none");
    await expect(scanUpload(missing)).rejects.toMatchObject({ code: "unavailable" });
    // By now a stream that was opened too early would have failed unheard.
    await expect(open(missing)).rejects.toThrow("ENOENT");
  });
});
