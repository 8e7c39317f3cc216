/** How long it takes until a text that changes on the page changes in the replica. */
import { pause, type Session } from "./session";

/** Milliseconds that the last change has to arrive. */
const LAST_MS = 3_000;
const LOOK_MS = 50;

/** @returns milliseconds, one for each change that arrived */
export async function latencies({ shop, desk }: Session, changes: number): Promise<number[]> {
  if (!desk) return [];
  const seen = await desk.page.evaluateHandle(() => {
    const replica = window.deskEnd.document();
    const at = new Map<number, number>();
    if (!replica) return at;
    new MutationObserver(() => {
      const now = performance.timeOrigin + performance.now();
      const told = /Only (\d+) left/.exec(replica.getElementById("stock")?.textContent ?? "")?.[1];
      if (told !== undefined && !at.has(Number(told))) at.set(Number(told), now);
    }).observe(replica, { subtree: true, childList: true, characterData: true });
    return at;
  });
  const set = await shop.evaluate((times) => window.shop.countDown(times), changes);
  const end = performance.now() + LAST_MS;
  while (performance.now() < end && !(await seen.evaluate((at, last) => at.has(last), changes - 1)))
    await pause(LOOK_MS);
  const arrived = new Map(await seen.evaluate((at) => [...at]));
  return set.flatMap((at, index) => {
    const then = arrived.get(index);
    return then === undefined ? [] : [then - at];
  });
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
