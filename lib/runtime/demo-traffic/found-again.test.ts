/** The reports against what was planted: they find it, and nothing more. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadHoldout } from "@/lib/insights/reports/holdout";
import { loadPairs, type Pair } from "@/lib/insights/reports/pairs";
import { loadPeople } from "@/lib/insights/reports/people";
import { loadProducts } from "@/lib/insights/reports/products";
import { forgetRollups, rollUpShop } from "@/lib/insights/rollups/roll-up";
import { scoreInterval } from "@/lib/insights/statistics/score-interval";
import { shopIdSchema } from "@/lib/protocol/ids";
import { isHeldOut } from "@/lib/visitors/invitations/held-out";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { generateTraffic } from "./generate";
import { plantRows } from "./plant";
import { openWorld, type TrafficOptions } from "./plant-traffic";
import { demoAgents, planted } from "./planted";
import { makeTrafficShop } from "./traffic-shop.fixture";

const NOW = Date.parse("2026-05-10T15:00:00Z");
const DAY_MS = 86_400_000;
/** So wide that five agents alike never differ by chance. */
const SURE_OF_ALL = 0.999;
/** Seconds on a machine of its own; minutes where others work, too. */
const PLANT_WITHIN_MS = 600_000;
const nothing = { betterBy: 0, pair: { ...planted.pair, share: 0 }, invitationAdds: 0 };

/** Without pages looked at, and without products and people of whom nothing else is told: no report here reads them. */
async function plant(options: Omit<TrafficOptions, "shopId" | "now" | "panels">) {
  const { shopId } = await makeTrafficShop("Europe/Rome");
  const opened = await openWorld({ ...options, shopId, now: NOW, panels: 0 });
  // Ids hold a part of the shop's own, which is another each time; groups are drawn by the rest, so that a seed is a seed.
  const drawnBy = (id: string) => `${id.slice(0, 13)}${id.slice(-12)}`;
  const world = {
    ...opened,
    isHeldOut: (id: string) => isHeldOut("salt", drawnBy(id), planted.heldOut * 100),
  };
  for (const { rows } of generateTraffic(world)) {
    const talked = new Set(rows.conversations.map(({ visitorId }) => visitorId));
    const events = rows.events.filter(
      ({ type, visitorId }) =>
        type !== "page_viewed" && (type !== "product_viewed" || talked.has(visitorId ?? "")),
    );
    const told = new Set(events.map(({ visitorId }) => visitorId));
    await plantRows(shopId, { ...rows, events, visitors: rows.visitors.filter(({ id }) => told.has(id)) });
  }
  await forgetRollups(shopId);
  await rollUpShop(shopId, new Date(NOW));
  const range = { from: new Date(NOW - (options.days + 1) * DAY_MS), to: new Date(NOW) };
  return { shopId: shopIdSchema.parse(shopId), timeZone: "Europe/Rome", range, filters: {} };
}

type Question = Awaited<ReturnType<typeof plant>>;

const claimed = (pairs: readonly Pair[]) =>
  pairs.filter((pair) => pair.claimed).map(({ first, second }) => [first.title, second.title].sort());
const PAIR = ["Dolomiti ribbed beanie", "Nives cable sweater"];
const standings = async (question: Question) =>
  (await loadPeople(question)).agents.map(({ name, rank }) => [name.replace(" (demo)", ""), rank?.standing]);

describe("what was planted", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase("postgres");
  });
  afterAll(() => database.close());

  describe("by one seed", () => {
    let question: Question;
    beforeAll(async () => {
      question = await plant({ days: 90, seed: 7, visitorsADay: 200 });
    }, PLANT_WITHIN_MS);

    it(
      "[IN193] the people report finds the agent who sells better, and says it of nobody else",
      async () => {
        const [best, ...others] = await standings(question);
        expect(best).toEqual([demoAgents[0], "above"]);
        expect(others.map(([, standing]) => standing)).toEqual(["level", "level", "level", "level"]);
      },
      PLANT_WITHIN_MS,
    );

    it(
      "[IN193] what she does otherwise is found, and nothing more: she draws and shows more, and sooner, and compares like all",
      async () => {
        const habits = new Map(
          (await loadPeople(question)).habits?.map(({ habit, difference }) => [habit, difference]),
        );
        expect(habits.get("marks")?.low).toBeGreaterThan(0);
        expect(habits.get("products")?.low).toBeGreaterThan(0);
        expect(habits.get("firstProduct")?.high).toBeLessThan(0);
        expect(habits.get("compared")?.low).toBeLessThanOrEqual(0);
        expect(habits.get("compared")?.high).toBeGreaterThanOrEqual(0);
      },
      PLANT_WITHIN_MS,
    );

    it(
      "[IN154][IN194] of all products only the one that the pair takes along is said to sell better",
      async () => {
        const { rows } = await loadProducts(question);
        expect(rows.filter(({ shown }) => shown >= 30).length).toBeGreaterThan(5);
        expect(
          rows.flatMap(({ title, verdict }) => (verdict === "unclear" ? [] : [[title, verdict]])),
        ).toEqual([[PAIR[0], "more"]]);
      },
      PLANT_WITHIN_MS,
    );

    it(
      "[IN213] no agent's satisfaction stands apart, because none was planted",
      async () => {
        const { agents } = await loadPeople(question);
        const spans = agents.map(({ rated, satisfaction }) =>
          scoreInterval(
            { successes: Math.round((satisfaction?.value ?? 0) * rated), trials: rated },
            SURE_OF_ALL,
          ),
        );
        expect(Math.min(...agents.map(({ rated }) => rated))).toBeGreaterThan(50);
        const [highest, lowest] = [
          Math.max(...spans.map(({ low }) => low)),
          Math.min(...spans.map(({ high }) => high)),
        ];
        expect(highest).toBeLessThan(lowest);
      },
      PLANT_WITHIN_MS,
    );

    it(
      "[IN194] the pairs report finds the pair that sells together, and no other",
      async () => {
        const pairs = await loadPairs(question);
        expect(claimed(pairs.together)).toEqual([PAIR]);
        expect(claimed(pairs.ledTo)).toEqual([PAIR]);
      },
      PLANT_WITHIN_MS,
    );

    it(
      "[IN195] the hold-out's interval holds what invitations add, and not nought",
      async () => {
        const { verdict, difference } = await loadHoldout(question);
        expect(verdict).toBe("more");
        expect(difference.low).toBeLessThan(planted.invitationAdds);
        expect(difference.high).toBeGreaterThan(planted.invitationAdds);
      },
      PLANT_WITHIN_MS,
    );
  });

  it(
    "[IN193] [IN194] [IN195] where nothing was planted nothing is found",
    async () => {
      const question = await plant({ days: 60, seed: 12, visitorsADay: 120, effects: nothing });
      expect((await standings(question)).map(([, standing]) => standing)).toEqual(Array(5).fill("level"));
      const pairs = await loadPairs(question);
      expect([...claimed(pairs.together), ...claimed(pairs.ledTo)]).toEqual([]);
      expect((await loadHoldout(question)).verdict).toBe("open");
    },
    PLANT_WITHIN_MS,
  );

  it(
    "[IN193] [IN194] [IN195] by another seed the best comes first, the pair is seen and the difference is near",
    async () => {
      // Some of all seeds fail here by chance, as 95 of 100 says: SEED=... tries another.
      const seed = Number(process.env.SEED ?? 23);
      const because = `seed ${seed}`;
      const question = await plant({ days: 60, seed, visitorsADay: 120 });
      expect((await standings(question))[0]?.[0], because).toBe(demoAgents[0]);
      expect(claimed((await loadPairs(question)).together), because).toContainEqual(PAIR);
      // What comes back takes about a tenth of it, in both groups.
      const { difference } = await loadHoldout(question);
      expect(difference.value, because).toBeGreaterThan(0.05);
      expect(difference.value, because).toBeLessThan(0.1);
    },
    PLANT_WITHIN_MS,
  );
});
