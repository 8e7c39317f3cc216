import { mersenne } from "pure-rand/generator/mersenne";
import { describe, expect, it } from "vitest";
import type { PeopleRow } from "./internal/people-row";
import { LEAST_RANKED, LEAST_SHOWN, leagueOf, withoutFew } from "./people-league";

const NOTHING = { count: 0, mean: 0, variance: 0 };

function agent(name: string, taken: number, buying: number, more: Partial<PeopleRow> = {}): PeopleRow {
  return {
    memberId: name,
    name,
    conversations: taken,
    taken,
    answered: taken,
    abandoned: 0,
    dropped: 0,
    wait: null,
    first: null,
    reply: null,
    duration: null,
    recommended: 0,
    buying,
    orders: buying,
    pieces: buying,
    rated: 0,
    satisfied: 0,
    revenue: [],
    products: NOTHING,
    marks: NOTHING,
    compared: NOTHING,
    firstProduct: NOTHING,
    ...more,
  };
}

const placesOf = (rows: readonly PeopleRow[]) =>
  leagueOf(rows).agents.map(({ name, rank }) => [name, rank && [rank.first, rank.last, rank.standing]]);

describe("satisfaction", () => {
  it("[IN212] is a share of the rated ones with its Wilson interval, and not told of fewer than five", () => {
    const rated = (count: number, satisfied: number) =>
      leagueOf([agent("a", 200, 9, { rated: count, satisfied })]).agents[0];
    // Newcombe 1998, table I: 81 of 263 by Wilson's interval.
    const sure = rated(263, 81)?.satisfaction;
    expect([sure?.value, sure?.low, sure?.high].map((value) => value?.toFixed(4))).toEqual([
      "0.3080",
      "0.2553",
      "0.3662",
    ]);
    expect(rated(LEAST_SHOWN, 5)?.satisfaction).toMatchObject({ value: 1, high: 1 });
    expect(rated(LEAST_SHOWN - 1, 4)).toMatchObject({ rated: 4, satisfaction: null });
    // Nothing from which the hidden share could be counted back.
    expect(rated(LEAST_SHOWN - 1, 4)).not.toHaveProperty("satisfied");
    expect(rated(0, 0)?.satisfaction).toBeNull();
  });

  it("[IN212] ranks nobody", () => {
    const rows = [
      agent("a", 400, 100, { rated: 200, satisfied: 10 }),
      agent("b", 400, 100, { rated: 200, satisfied: 200 }),
    ];
    expect(placesOf(rows)).toEqual([
      ["a", [1, 2, "level"]],
      ["b", [1, 2, "level"]],
    ]);
  });
});

describe("places", () => {
  it("[IN137] below the minimum an agent is listed, last, and not ranked", () => {
    const rows = [agent("few", LEAST_RANKED - 1, 29), agent("many", LEAST_RANKED, 3), agent("", 900, 800)];
    expect(placesOf(rows)).toEqual([
      ["many", [1, 1, "level"]],
      ["", null],
      ["few", null],
    ]);
    expect(leagueOf([agent("one", LEAST_SHOWN - 1, 1)]).agents[0]?.tooFew).toBe(true);
    expect(leagueOf([agent("one", LEAST_SHOWN, 1)]).agents[0]?.tooFew).toBe(false);
    expect(leagueOf([agent("none", 0, 0)]).agents).toEqual([]);
    const revenue = [{ currency: "EUR", amounts: [4_000], claimed: 0 }];
    const file = withoutFew(leagueOf([agent("few", LEAST_SHOWN - 1, 1, { revenue })]));
    expect(file.agents).toEqual([{ memberId: "few", name: "few", taken: 4, rank: null, tooFew: true }]);
    const whole = { ...agent("", LEAST_SHOWN - 1, 1, { revenue }), memberId: null };
    expect(withoutFew(leagueOf([whole])).shop).toEqual({ conversations: 4, taken: 4, tooFew: true });
    expect(withoutFew(leagueOf([{ ...whole, taken: LEAST_SHOWN }])).shop).toMatchObject({
      tooFew: false,
      buying: 1,
    });
  });

  it("[IN138] whose intervals overlap share the places that are open to them", () => {
    expect(placesOf([agent("c", 400, 40), agent("b", 400, 160), agent("a", 400, 170)])).toEqual([
      ["a", [1, 2, "above"]],
      ["b", [1, 2, "above"]],
      ["c", [3, 3, "below"]],
    ]);
    expect(placesOf([agent("a", 60, 20), agent("b", 60, 14)])).toEqual([
      ["a", [1, 2, "level"]],
      ["b", [1, 2, "level"]],
    ]);
  });

  it("[IN139] finds the one who sells better, and among equals hardly ever anybody", () => {
    const seed = 20_261_122;
    const random = mersenne(seed);
    const draw = (trials: number, rate: number) =>
      Array.from({ length: trials }, () => (random.next() >>> 0) / 2 ** 32).filter((value) => value < rate)
        .length;
    const worlds = 200;
    const standing = (best: number) =>
      Array.from({ length: worlds }, () => {
        const rows = Array.from({ length: 8 }, (_, at) =>
          agent(String(at), 400, draw(400, at === 0 ? best : 0.25)),
        );
        return leagueOf(rows).agents.filter(({ rank }) => rank?.standing !== "level");
      });
    const amongEquals = standing(0.25).filter((agents) => agents.length > 0).length;
    // 5 % are promised; 9 % would be twice as far off as three deviations of 200 worlds allow.
    expect(amongEquals, `seed ${seed}`).toBeLessThanOrEqual(0.09 * worlds);
    const found = standing(0.375).filter((agents) => agents.some(({ name }) => name === "0")).length;
    expect(found, `seed ${seed}`).toBeGreaterThan(0.9 * worlds);
  });
});

describe("figures", () => {
  it("[IN136][AT26] revenue a conversation counts those that brought nothing, and has an interval", () => {
    const row = agent("a", 40, 2, {
      revenue: [{ currency: "EUR", amounts: [4_000, 8_000], claimed: 4_000 }],
    });
    const figures = leagueOf([row]).agents[0]?.revenue[0];
    expect(figures).toMatchObject({
      currency: "EUR",
      minor: 12_000,
      claimed: 4_000,
      perConversation: { value: 300, low: 0 },
    });
    expect(figures?.perConversation?.high).toBeGreaterThan(600);
  });

  it("[IN141] what the best do differently is said only where somebody stands above the rest", () => {
    const habit = (count: number, mean: number, variance: number) => ({ count, mean, variance });
    const best = agent("a", 400, 200, { products: habit(400, 5, 4), marks: habit(400, 2, 9) });
    const rest = ["b", "c"].map((name) =>
      agent(name, 400, 60, { products: habit(400, 3, 4), marks: habit(400, 2.1, 9) }),
    );
    const said = leagueOf([best, ...rest]).habits;
    expect(said?.map(({ habit }) => habit)).toEqual(["products", "marks", "compared", "firstProduct"]);
    expect(said?.[0]).toMatchObject({ best: 5, rest: 3, difference: { value: 2 } });
    expect(said?.[0]?.difference.low).toBeGreaterThan(1.5);
    expect(said?.[1]?.difference.low).toBeLessThan(0);
    expect(said?.[1]?.difference.high).toBeGreaterThan(0);
    expect(leagueOf(rest).habits).toBeNull();
  });
});
