/** Generated traffic into one shop: what was generated before is taken away first, so that it can be done again. */
import { getDb } from "@/lib/db/client";
import { openMonths } from "@/lib/insights/events-by-month";
import { learnSizes } from "@/lib/insights/rollups/learn-sizes";
import { forgetRollups } from "@/lib/insights/rollups/roll-up";
import { isHeldOut } from "@/lib/visitors/invitations/held-out";
import { generateTraffic } from "./generate";
import { loadWorld } from "./load-world";
import { plantRows } from "./plant";
import { planted } from "./planted";
import { removeTraffic } from "./remove";
import { dayOf } from "./rhythm";
import { addCounts, type Counts, noCounts } from "./traffic-summary";
import type { Effects, World } from "./world";

export interface TrafficOptions {
  readonly shopId: string;
  readonly days: number;
  readonly seed: number;
  readonly visitorsADay: number;
  readonly panels: number;
  readonly now: number;
  /** Those of ./planted when left out. */
  readonly effects?: Effects;
  /** Called after each day with how long it took to write, milliseconds: whoever waits for it lets others have their turn. */
  readonly rest?: (workedMs: number) => Promise<void>;
  readonly onDay?: (done: number, total: number) => void;
}

/** @throws StartProblem when there is nothing that could be bought */
export async function openWorld(options: TrafficOptions): Promise<World> {
  const { shopId, days, seed, visitorsADay, panels, now, effects = planted } = options;
  const shop = await getDb().shop.findUniqueOrThrow({
    where: { id: shopId },
    select: { timeZone: true, inviteSalt: true },
  });
  const { timeZone, inviteSalt } = shop;
  return {
    ...(await loadWorld(shopId, seed)),
    shopId,
    timeZone,
    lastDay: dayOf(now, timeZone),
    days,
    now,
    seed,
    visitorsADay,
    panels,
    effects,
    isHeldOut: (visitorId) => isHeldOut(inviteSalt, visitorId, planted.heldOut * 100),
  };
}

export async function plantTraffic(options: TrafficOptions): Promise<Counts> {
  const { shopId, days, now } = options;
  await removeTraffic(shopId);
  const world = await openWorld(options);
  const counts = noCounts();
  let done = 0;
  let openedMonth: number | null = null;
  for (const part of generateTraffic(world)) {
    const started = performance.now();
    await plantRows(shopId, part.rows);
    addCounts(counts, part, world.agents[0].memberId);
    // A month's part is made of its first day's events; the others then go where they belong.
    const month = new Date(part.rows.visitors[0]?.createdAt ?? now).getUTCMonth();
    if (month !== openedMonth) await openMonths(new Date(now));
    openedMonth = month;
    options.onDay?.(++done, days);
    await options.rest?.(performance.now() - started);
  }
  await openMonths(new Date(now));
  await learnSizes();
  await forgetRollups(shopId);
  return counts;
}
