/** Generated traffic into one shop: what was generated before is taken away first, so that it can be done again. */
import { getDb } from "@/lib/db/client";
import { StartProblem } from "@/lib/db/start-problem";
import { isHeldOut } from "@/lib/visitors/invitations/held-out";
import { generateTraffic } from "./generate";
import { loadWorld } from "./load-world";
import { plantRows } from "./plant";
import { planted } from "./planted";
import { removeTraffic } from "./remove";
import { dayOf } from "./rhythm";
import { addCounts, type Counts, noCounts } from "./traffic-summary";

export interface TrafficOptions {
  readonly shopId: string;
  readonly days: number;
  readonly seed: number;
  readonly visitorsADay: number;
  readonly panels: number;
  readonly now: number;
  readonly onDay?: (done: number, total: number) => void;
}

export async function plantTraffic(options: TrafficOptions): Promise<Counts> {
  const { shopId, days, seed, visitorsADay, panels, now } = options;
  const shop = await getDb().shop.findUnique({
    where: { id: shopId },
    select: { timeZone: true, inviteSalt: true },
  });
  if (shop === null) throw new StartProblem("There is no such shop.");
  await removeTraffic(shopId);
  const found = await loadWorld(shopId, seed);
  const { timeZone, inviteSalt } = shop;
  const counts = noCounts();
  let done = 0;
  for (const part of generateTraffic({
    ...found,
    shopId,
    timeZone,
    lastDay: dayOf(now, timeZone),
    days,
    now,
    seed,
    visitorsADay,
    panels,
    isHeldOut: (visitorId) => isHeldOut(inviteSalt, visitorId, planted.heldOut * 100),
  })) {
    await plantRows(shopId, part.rows);
    addCounts(counts, part, found.agents[0].memberId);
    options.onDay?.(++done, days);
  }
  return counts;
}
