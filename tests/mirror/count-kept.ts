/** How much a page keeps once everything that is garbage is gone, whoever keeps it: its nodes, and what its lists hold. */
import { isDeepStrictEqual } from "node:util";
import type { CDPSession } from "playwright-core";

interface Kept {
  /** Of all maps and sets of its scripts together. */
  readonly entries: number;
  readonly documents: number;
  readonly nodes: number;
}

export async function countKept(probe: CDPSession): Promise<Kept> {
  await probe.send("HeapProfiler.collectGarbage");
  const entries = (await entriesOf(probe, "Map")) + (await entriesOf(probe, "Set"));
  const { documents, nodes } = await probe.send("Memory.getDOMCounters");
  return { entries, documents, nodes };
}

/** Counts until nothing goes any more: garbage that held other garbage lets go of it only in the next collection. */
export async function countAtRest(probe: CDPSession): Promise<Kept> {
  let before = await countKept(probe);
  for (;;) {
    const now = await countKept(probe);
    if (isDeepStrictEqual(now, before)) return now;
    before = now;
  }
}

/** So that what was asked for is not what is kept. */
const GROUP = "count-kept";

async function entriesOf(probe: CDPSession, kind: "Map" | "Set"): Promise<number> {
  try {
    const prototype = await probe.send("Runtime.evaluate", {
      expression: `${kind}.prototype`,
      objectGroup: GROUP,
    });
    const { objects } = await probe.send("Runtime.queryObjects", {
      prototypeObjectId: prototype.result.objectId ?? "",
      objectGroup: GROUP,
    });
    const { result } = await probe.send("Runtime.callFunctionOn", {
      objectId: objects.objectId ?? "",
      functionDeclaration: sumOfSizes,
      returnByValue: true,
    });
    const sum: unknown = result.value;
    if (typeof sum !== "number") throw new Error(`the page did not count its ${kind}s`);
    return sum;
  } finally {
    await probe.send("Runtime.releaseObjectGroup", { objectGroup: GROUP });
  }
}

/** Prototypes of classes that extend them are among the objects, and have no size. */
const sumOfSizes = `function () {
  let sum = 0;
  for (const one of this) {
    try {
      sum += one.size;
    } catch {}
  }
  return sum;
}`;
