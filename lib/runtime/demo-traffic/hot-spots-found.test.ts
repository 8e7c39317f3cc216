/** The heat report against the hot spots that were planted: it finds each product's, and no other place. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { gatherHeat } from "@/lib/insights/heat/gather-heat";
import { middleOf } from "@/lib/insights/heat/map/grid";
import { loadHeat } from "@/lib/insights/reports/heat";
import { shopIdSchema } from "@/lib/protocol/ids";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hotSpotOf } from "./hot-spots";
import { plantTraffic } from "./plant-traffic";
import { makeTrafficShop } from "./traffic-shop.fixture";

const NOW = Date.parse("2026-05-10T15:00:00Z");
const DAY_MS = 86_400_000;
const DAYS = 24;
/** Of a picture with fewer nobody can say where most are: who is held out, and so what happens, is another draw in every run. */
const LEAST = 25;
/** As far as a mark reaches from where it was put, shares of the picture's width. */
const NEAR = 0.15;

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase("postgres");
});
afterAll(() => database.close());

it("[IN196] the heat report finds each product's hot spot, and nothing else that half as many marked", async () => {
  const { shopId } = await makeTrafficShop("Europe/Rome");
  // Every panel that was drawn on is a real one.
  await plantTraffic({ shopId, days: DAYS, seed: 7, visitorsADay: 200, panels: 10_000, now: NOW });
  await gatherHeat(new Date(NOW));
  const range = { from: new Date(NOW - (DAYS + 1) * DAY_MS), to: new Date(NOW) };
  const question = { shopId: shopIdSchema.parse(shopId), timeZone: "Europe/Rome", range, filters: {} };
  const products = await getDb().product.findMany({
    where: { shopId },
    select: { id: true, externalId: true, pictures: { select: { asset: true } } },
  });
  let judged = 0;
  for (const { id, externalId, pictures } of products) {
    const layers = await loadHeat(question, { productId: id, hideSmall: false });
    const drawn = layers.find(({ kind, side }) => kind === "drawn" && side === "both");
    const asset = pictures[0]?.asset;
    if (drawn === undefined || asset === undefined || drawn.conversations < LEAST) continue;
    const spot = hotSpotOf(externalId);
    const away = (cell: number) => {
      const { x, y } = middleOf(cell);
      return Math.hypot(x - spot.x, (y * asset.height) / asset.width - spot.y);
    };
    const [hottest] = drawn.cells;
    expect(away(hottest?.cell ?? 0), externalId).toBeLessThan(NEAR);
    const hot = drawn.cells.filter((cell) => 2 * cell.conversations >= (hottest?.conversations ?? 0));
    expect(Math.max(...hot.map(({ cell }) => away(cell))), externalId).toBeLessThan(NEAR);
    // Others were marked, too, by fewer: what is found is found among them.
    expect(
      drawn.cells.some(({ cell }) => away(cell) > 2 * NEAR),
      externalId,
    ).toBe(true);
    judged += 1;
  }
  expect(judged).toBeGreaterThan(5);
}, 300_000);
