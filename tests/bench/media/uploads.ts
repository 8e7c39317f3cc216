/** How a server fares while photos come in: until the first pixels are there, and how long its event loop is held up. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { median, type Row } from "../table";
import type { Inputs } from "./inputs";
import { sendPicture } from "./sending";
import type { Delay, Question, Visitor } from "./upload-server";

/** Photos sent at once. */
const AT_ONCE = 20;
const HEALTH_EVERY_MS = 50;
/** Milliseconds that the event loop may be held up, 99 times of 100: three frames of a stroke that is being drawn. */
const DELAY_TARGET_MS = 50;
/** Milliseconds until the first pixels are fetched, on one core: a second keeps a thought going; decoding HEVC alone takes two. On a quiet machine it is half of it. */
const FIRST_PIXELS_TARGET_MS = { jpeg: 1_000, heic: 4_000 };

interface UploadServer {
  readonly origin: string;
  ask<Answer>(question: Question): Promise<Answer>;
  stop(): Promise<void>;
}

/** @param core the only one that it, and all it starts, may use; null for all */
async function startServer(core: number | null): Promise<UploadServer> {
  const child = fork("tests/bench/media/upload-server.ts", {
    execPath: core === null ? process.execPath : "/usr/bin/taskset",
    execArgv: core === null ? ["--import", "tsx"] : ["-c", String(core), process.execPath, "--import", "tsx"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const gone = once(child, "exit").then(([code]) => {
    throw new Error(`the server ended with ${code}`);
  });
  gone.catch(() => undefined);
  const next = async () => (await Promise.race([once(child, "message"), gone]))[0];
  const { origin } = await next();
  let line: Promise<unknown> = Promise.resolve();
  return {
    origin,
    // One question after the other: answers carry no number.
    ask(question) {
      const answer = line.then(() => {
        const heard = next();
        child.send(question);
        return heard;
      });
      line = answer.catch(() => undefined);
      return answer;
    },
    async stop() {
      child.send("stop" satisfies Question);
      await gone.catch(() => undefined);
    },
  };
}

const ownRow = (figure: string, unit: string, ours: number, target: number | null = null): Row => ({
  ...{ figure, unit, ours, peers: {}, ratio: null, target },
});

const send = async (server: UploadServer, visitor: Visitor, bytes: Uint8Array) =>
  sendPicture(
    server.origin,
    visitor,
    bytes,
    async () => (await server.ask<{ id: string }>("newest asset")).id,
  );

/** Server, database and reading on one core; the sender on another. */
export async function firstPixelRows(
  inputs: Inputs,
  rounds: number,
  say: (what: string) => void,
): Promise<Row[]> {
  const server = await startServer(0);
  try {
    const rows: Row[] = [];
    for (const kind of ["jpeg", "heic"] as const) {
      const bytes = await readFile(inputs[kind]);
      const warm = await send(server, await server.ask<Visitor>("visitor"), numbered(bytes, 0));
      await warm.untilSharp();
      const sent = [];
      for (let round = 1; round <= rounds; round++) {
        say(`first pixels of a ${kind}, ${round} of ${rounds}`);
        const one = await send(server, await server.ask<Visitor>("visitor"), numbered(bytes, round));
        sent.push(one);
        // What is still being made of this one shall not hold up the next.
        await one.untilSharp();
      }
      const at = `${kind}, 12 MP, one core, after the last byte`;
      rows.push(
        ownRow(`${at}: on the panel`, "ms", median(sent.map(({ shownMs }) => shownMs))),
        ownRow(
          `${at}: first pixels fetched`,
          "ms",
          median(sent.map(({ firstPixelsMs }) => firstPixelsMs)),
          FIRST_PIXELS_TARGET_MS[kind],
        ),
      );
    }
    return rows;
  } finally {
    await server.stop();
  }
}

/** Event-loop delay, and what others wait for, while many send at once. */
export async function crowdRows(inputs: Inputs, say: (what: string) => void): Promise<Row[]> {
  const bytes = await readFile(inputs.heic);
  const server = await startServer(null);
  try {
    const visitors: Visitor[] = [];
    for (let n = 0; n < AT_ONCE; n++) visitors.push(await server.ask<Visitor>("visitor"));
    await send(server, await server.ask<Visitor>("visitor"), bytes);
    say(`${AT_ONCE} HEICs at once`);
    await server.ask("listen to the loop");
    const startedAt = performance.now();
    let working = true;
    const asked = askHealth(server.origin, () => working);
    await Promise.all(visitors.map((visitor, n) => send(server, visitor, numbered(bytes, n))));
    working = false;
    const seconds = (performance.now() - startedAt) / 1_000;
    const { p99Ms, maxMs } = await server.ask<Delay>("delay");
    const waits = (await asked).sort((a, b) => a - b);
    const part = (share: number) =>
      waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? Number.NaN;
    const at = `${AT_ONCE} HEICs of 12 MP at once`;
    return [
      ownRow(`${at}: event loop's delay, 99 %`, "ms", p99Ms, DELAY_TARGET_MS),
      ownRow(`${at}: event loop's delay, longest`, "ms", maxMs),
      ownRow(`${at}: /api/health, median`, "ms", part(0.5)),
      ownRow(`${at}: /api/health, 99 %`, "ms", part(0.99)),
      ownRow(`${at}: all on their panels`, "s", seconds),
    ];
  } finally {
    await server.stop();
  }
}

async function askHealth(origin: string, goesOn: () => boolean): Promise<number[]> {
  const waits: number[] = [];
  while (goesOn()) {
    const askedAt = performance.now();
    await (await fetch(`${origin}/api/health`)).text();
    waits.push(performance.now() - askedAt);
    await new Promise((resolve) => setTimeout(resolve, HEALTH_EVERY_MS));
  }
  return waits;
}

/** Another file of the same picture: the same one twice would be read once. A box (HEIC) that readers skip. */
function numbered(bytes: Uint8Array, number: number): Uint8Array {
  const box = Buffer.from([0, 0, 0, 12, ...Buffer.from("free", "latin1"), 0, 0, number >> 8, number & 0xff]);
  return Buffer.concat([bytes, box]);
}
