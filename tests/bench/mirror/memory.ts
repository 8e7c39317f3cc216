/** What is still alive of nested documents and shadow roots that the page has removed. */
import type { CDPSession } from "playwright-core";
import { pause, type Session } from "./session";

interface Alive {
  readonly documents: number;
  readonly nodes: number;
}

export interface MemoryResult {
  readonly customer: Alive;
  readonly viewer: Alive;
}

const AT_ONCE = 50;
/** What is found dead in one collection may have held what dies in the next. */
const COLLECTIONS = 3;
const BETWEEN_MS = 150;

async function alive(probe: CDPSession): Promise<Alive> {
  for (let round = 0; round < COLLECTIONS; round++) {
    await probe.send("HeapProfiler.collectGarbage");
    await pause(BETWEEN_MS);
  }
  const { documents, nodes } = await probe.send("Memory.getDOMCounters");
  return { documents, nodes };
}

/** @returns how many more are alive after so many came and went */
export async function comeAndGo(
  session: Session,
  kind: "frames" | "shadows",
  count: number,
): Promise<MemoryResult> {
  const { desk } = session;
  if (!desk) throw new Error("nobody mirrors");
  const look = async () => [await alive(session.shopProbe), await alive(desk.probe)] as const;
  // Once before: what is made the first time stays.
  await session.shop.evaluate((kind) => window.shop.visit(kind, 1), kind);
  await session.settle();
  const before = await look();
  for (let done = 0; done < count; done += AT_ONCE)
    await session.shop.evaluate(([kind, count]) => window.shop.visit(kind, count), [kind, AT_ONCE] as const);
  await session.settle();
  const after = await look();
  const [customer, viewer] = [0, 1].map((end) => ({
    documents: (after[end]?.documents ?? 0) - (before[end]?.documents ?? 0),
    nodes: (after[end]?.nodes ?? 0) - (before[end]?.nodes ?? 0),
  }));
  if (!customer || !viewer) throw new Error("unreachable: there are two ends");
  return { customer, viewer };
}
