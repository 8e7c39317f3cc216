import { randomInt, randomUUID } from "node:crypto";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { getDb, type Prisma } from "@/lib/db/client";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeShop, type TestShop } from "../internal/test-shop";
import { learnSizes } from "./learn-sizes";
import { afterWhich, walkOrders, walkProductFacts, walkStarts } from "./product-facts.fixture";
import { forgetRollups, LOOKS_BACK_MS, rollUpShop } from "./roll-up";
import { countOnce, walkVisits, whatOf } from "./visits.fixture";
import { openRollupWorker } from "./worker";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The clocks of Berlin go forward on the 29th: one of its days has 23 hours. */
const FIRST = Date.parse("2026-03-27T00:00:00Z");
const DAYS = 5;
const FED_FROM = Date.parse("2026-04-02T00:00:00Z");

/** Everything that was counted, without what says when. */
async function counted(shopId: string) {
  const db = getDb();
  const where = { shopId };
  return {
    visits: await db.visit.findMany({ where, orderBy: [{ day: "asc" }, { visitorId: "asc" }] }),
    // A count of nothing is none.
    counts: await db.visitCount.findMany({
      where: { ...where, NOT: { visits: 0, talked: 0, ordered: 0 } },
      orderBy: [{ day: "asc" }, { device: "asc" }, { locale: "asc" }],
    }),
    conversations: await db.conversationFact.findMany({ where, orderBy: { conversationId: "asc" } }),
    products: await db.productFact.findMany({
      where,
      orderBy: [{ conversationId: "asc" }, { productId: "asc" }],
    }),
    orders: await db.countedOrder.findMany({ where, orderBy: { orderId: "asc" } }),
    credits: await db.credit.findMany({
      where,
      orderBy: [{ lineId: "asc" }, { conversationId: "asc" }, { memberId: "asc" }, { n: "asc" }],
    }),
  };
}

type Fed = Prisma.EventCreateManyInput;

describe.each(["postgres", "pglite"] as const)("on %s", (engine) => {
  let database: TestDatabase;
  let shop: TestShop;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  }, 60_000);
  afterAll(() => database.close());

  const inBerlin = async () => {
    shop = await makeShop();
    await getDb().shop.update({ where: { id: shop.shopId }, data: { timeZone: "Europe/Berlin" } });
  };
  const event = (more: Partial<Fed> & Pick<Fed, "type" | "occurredAt">): Fed => ({
    id: randomUUID(),
    shopId: shop.shopId,
    source: "browser",
    data: {},
    ...more,
  });
  const cart = (...lines: readonly (readonly [string, number])[]) => ({
    currency: "EUR",
    lines: lines.map(([productId, quantity]) => ({
      externalId: productId,
      productId,
      quantity,
      unitMinor: 100,
    })),
  });
  const feed = (events: readonly Fed[], receivedAt: Date) =>
    getDb().event.createMany({ data: events.map((one) => ({ ...one, receivedAt })) });
  const buy = (visitorId: string | null, productId: string, placedAt: Date, updatedAt: Date) =>
    getDb().order.create({
      data: {
        ...{
          shopId: shop.shopId,
          externalId: randomUUID(),
          visitorId,
          source: "api",
          currency: "EUR",
          totalMinor: 200,
        },
        ...{ placedAt, updatedAt },
        lines: { create: { externalId: productId, productId, quantity: 2, unitMinor: 100, totalMinor: 200 } },
      },
    });

  it("[IN105, IN107, IN110, IN118, IN121] random histories, told in any order and in pieces, are counted as if told at once", async () => {
    const seed = randomInt(2 ** 31);
    const generator = xoroshiro128plus(seed);
    const dice = (sides: number) => uniformInt(generator, 0, sides - 1);
    const one = <T>(list: readonly T[]): T => {
      const found = list[dice(list.length)];
      if (found === undefined) throw new Error("an empty list");
      return found;
    };
    await inBerlin();
    const { shopId } = shop;
    // Shorter than the history: some of it lies outside.
    await shop.attribute({ days: 1 });
    const db = getDb();
    const agent = await shop.agent("Anna");
    const products = await Promise.all(["A", "B", "C", "D"].map((id) => shop.product(id)));
    const regulars = await Promise.all(Array.from({ length: 5 }, () => shop.visitor()));
    const passers = await Promise.all(Array.from({ length: 20 }, () => shop.visitor()));
    const anybody = () => one(dice(3) === 0 ? passers : regulars);
    const sometime = () => new Date(FIRST + dice(DAYS * 24 * 60) * MINUTE_MS);
    const conversations = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const began = sometime();
        const ended = dice(3) === 0 ? null : new Date(began.getTime() + (1 + dice(90)) * MINUTE_MS);
        const made = await shop.conversation(anybody(), agent, began, ended);
        // Each item holds one product, or a photo.
        return {
          ...made,
          items: [one(products), one(products), null].map((productId) => ({ productId, id: randomUUID() })),
        };
      }),
    );
    const anything = (): Fed => {
      const visitorId = anybody();
      const occurredAt = sometime();
      const { conversationId, items } = one(conversations);
      const item = one(items);
      const said = { conversationId, memberId: agent, source: "server", occurredAt };
      switch (dice(9)) {
        case 0:
          return event({
            ...{ type: "page_viewed", visitorId: dice(4) === 0 ? null : visitorId, occurredAt },
            data: { url: `https://shop.test/${dice(4)}?x=1`, title: "" },
          });
        case 1:
        case 2:
          return event({
            type: "product_viewed",
            visitorId: dice(6) === 0 ? null : visitorId,
            productId: one(products),
            occurredAt,
          });
        case 3:
        case 4:
          return event({
            ...{ type: "cart_changed", visitorId, occurredAt },
            data: cart([one(products), 1 + dice(4)], [one(products), 1 + dice(2)]),
          });
        case 5:
          return event({
            ...{ ...said, type: "item_shown", itemId: item.id, productId: item.productId },
            visitorId: dice(4) === 0 ? visitorId : null,
          });
        case 6:
          return event({
            ...{ ...said, type: "mark_drawn", itemId: item.id, productId: item.productId },
            data: { count: 1 + dice(5) },
          });
        case 7:
          return event({ ...said, source: "browser", type: "card_opened", productId: one(products) });
        default:
          return event({
            ...said,
            type: dice(2) === 0 ? "product_recommended" : "items_compared",
            productId: one(products),
          });
      }
    };
    const history = Array.from({ length: 160 }, anything);
    let now = FED_FROM;
    while (history.length > 0) {
      const share = history.splice(0, 1 + dice(30));
      const late = share.splice(0, dice(3));
      await feed(share, new Date(now));
      if (dice(2) === 0)
        await buy(dice(4) === 0 ? null : anybody(), one(products), sometime(), new Date(now));
      if (dice(3) === 0) {
        const found = await db.order.findFirst({
          where: { shopId },
          orderBy: { externalId: "asc" },
          skip: dice(3),
        });
        const changes = [{ status: "cancelled" }, { visitorId: anybody() }, { placedAt: sometime() }];
        if (found)
          await db.order.update({
            where: { id: found.id },
            data: { ...one(changes), updatedAt: new Date(now) },
          });
      }
      if (dice(5) === 0) {
        const person = await db.person.upsert({
          where: { shopId_externalId: { shopId, externalId: "7" } },
          create: { shopId, externalId: "7" },
          update: {},
        });
        const visitorId = anybody();
        await db.visitor.update({ where: { id: visitorId }, data: { personId: person.id } });
        await feed(
          [event({ type: "identity_joined", source: "server", visitorId, occurredAt: new Date(now) })],
          new Date(now),
        );
      }
      await rollUpShop(shopId, new Date(now + 1_000));
      // Stamped before that look, and seen only now.
      await feed(late, new Date(now + 500));
      now += 5_000 + dice(2) * LOOKS_BACK_MS;
    }
    await rollUpShop(shopId, new Date(now));
    const inPieces = await counted(shopId);
    await forgetRollups(shopId);
    // What is counted of conversations stays until it is counted again, and must not be what is found again here.
    await db.productFact.deleteMany({ where: { shopId } });
    await db.conversationFact.deleteMany({ where: { shopId } });
    await db.credit.deleteMany({ where: { shopId } });
    await rollUpShop(shopId, new Date(now));
    expect(await counted(shopId), `seed ${seed}`).toEqual(inPieces);
    expect(inPieces.conversations, `seed ${seed}`).toHaveLength(conversations.length);

    const starts = inPieces.conversations.map(({ conversationId, startUrl }) => [conversationId, startUrl]);
    expect(Object.fromEntries(starts), `seed ${seed}`).toEqual(await walkStarts(shopId));

    const walked = inPieces.products
      .map(({ shopId: _, messages: _messages, questions: _questions, ...fact }) => fact)
      .sort((a, b) => (`${a.conversationId} ${a.productId}` < `${b.conversationId} ${b.productId}` ? -1 : 1));
    expect(walked, `seed ${seed}`).toEqual(await walkProductFacts(shopId, 1));

    const days = await db.event.findMany({ where: { shopId, visitorId: { not: null }, source: "browser" } });
    const berlin = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Berlin" });
    const expected = new Set(
      days.map(({ visitorId, occurredAt }) => `${berlin.format(occurredAt)} ${visitorId}`),
    );
    const found = inPieces.visits.map(
      ({ day, visitorId }) => `${day.toISOString().slice(0, 10)} ${visitorId}`,
    );
    expect(found.sort(), `seed ${seed}`).toEqual([...expected].sort());
    const walkedVisits = await walkVisits(shopId, "Europe/Berlin");
    expect(inPieces.visits.map(whatOf), `seed ${seed}`).toEqual(walkedVisits.map(whatOf));
    expect(inPieces.counts, `seed ${seed}`).toEqual(countOnce(walkedVisits));
    expect(inPieces.orders.map(afterWhich), `seed ${seed}`).toEqual(await walkOrders(shopId));
  }, 60_000);

  it("[IN111] an event that comes late counts on its day", async () => {
    await inBerlin();
    const visitorId = await shop.visitor();
    const at = (day: number, hours = 12) => new Date(FIRST + day * DAY_MS + hours * 60 * MINUTE_MS);
    const seen = (day: number) => event({ type: "page_viewed", visitorId, occurredAt: at(day) });
    await feed([seen(2)], at(2));
    await rollUpShop(shop.shopId, at(3));
    await feed([seen(1), seen(2)], at(3, 13));
    await rollUpShop(shop.shopId, at(3, 14));
    const { visits } = await counted(shop.shopId);
    expect(visits.map(({ day, pages }) => [day.toISOString().slice(0, 10), pages])).toEqual([
      ["2026-03-28", 1],
      ["2026-03-29", 2],
    ]);
  });

  it("[IN111] an order that becomes another visitor's, or another day's, leaves nothing where it was", async () => {
    await inBerlin();
    const bag = await shop.product("BAG");
    const [first, second] = [await shop.visitor(), await shop.visitor()];
    const at = (day: number) => new Date(FIRST + day * DAY_MS);
    const seen = (visitorId: string, day: number) =>
      event({ type: "page_viewed", visitorId, occurredAt: at(day) });
    await feed([seen(first, 1), seen(second, 1), seen(second, 2)], at(3));
    const { id } = await buy(first, bag, at(1), at(3));
    await rollUpShop(shop.shopId, at(4));
    const ordered = async () => {
      const { visits } = await counted(shop.shopId);
      return visits.flatMap((one) => (one.ordered ? [[one.visitorId, one.day] as const] : []));
    };
    const day = (number: number) => new Date(FIRST + number * DAY_MS);
    expect(await ordered()).toEqual([[first, day(1)]]);
    await getDb().order.update({
      where: { id },
      data: { visitorId: second, placedAt: at(2), updatedAt: at(4) },
    });
    await rollUpShop(shop.shopId, at(5));
    expect(await ordered()).toEqual([[second, day(2)]]);
  });

  it("[IN105] an order of which everything came back makes no visit one with an order", async () => {
    await inBerlin();
    const bag = await shop.product("BAG");
    const visitorId = await shop.visitor();
    const at = (day: number) => new Date(FIRST + day * DAY_MS);
    await feed([event({ type: "page_viewed", visitorId, occurredAt: at(1) })], at(2));
    const { id } = await buy(visitorId, bag, at(1), at(2));
    await rollUpShop(shop.shopId, at(3));
    expect((await counted(shop.shopId)).visits).toMatchObject([{ ordered: true }]);
    await getDb().orderLine.updateMany({ where: { orderId: id }, data: { refundedQuantity: 2 } });
    await getDb().order.update({ where: { id }, data: { updatedAt: at(4) } });
    await rollUpShop(shop.shopId, at(5));
    expect((await counted(shop.shopId)).visits).toMatchObject([{ ordered: false }]);
  });

  it("[IN107, IN112] a conversation's answers, and what was done in it", async () => {
    await inBerlin();
    const agent = await shop.agent("Anna");
    const visitorId = await shop.visitor();
    const bag = await shop.product("BAG");
    const began = FIRST + 12 * 60 * MINUTE_MS;
    const minute = (minutes: number) => new Date(began + minutes * MINUTE_MS);
    const db = getDb();
    const made = await shop.conversation(visitorId, agent, minute(0), minute(30));
    const { conversationId } = made;
    await db.conversation.update({ where: { id: conversationId }, data: { acceptedAt: minute(2) } });
    const customer = await db.participant.findFirstOrThrow({ where: { conversationId } });
    const anna = await db.participant.create({
      data: { conversationId, role: "agent", memberId: agent, name: "Anna", color: 1 },
    });
    const said = [
      [customer, 0],
      [customer, 1],
      [anna, 3],
      [customer, 5],
      [anna, 8],
      [anna, 9],
      [customer, 10],
    ] as const;
    await db.message.createMany({
      data: said.map(([who, minutes], i) => ({
        ...{
          conversationId,
          seq: i + 1,
          clientId: `${i}`,
          participantId: who.id,
          createdAt: minute(minutes),
        },
        body: { kind: "text", text: "x" },
      })),
    });
    const shown = { conversationId, source: "server", memberId: agent };
    await feed(
      [
        event({ ...shown, type: "item_shown", itemId: "i", productId: bag, occurredAt: minute(6) }),
        event({ ...shown, type: "mark_drawn", itemId: "i", data: { count: 3 }, occurredAt: minute(7) }),
        event({ ...shown, type: "items_compared", occurredAt: minute(8) }),
      ],
      minute(9),
    );
    const left = await shop.conversation(await shop.visitor(), agent, minute(0), minute(3));
    await db.conversation.update({ where: { id: left.conversationId }, data: { acceptedAt: null } });
    const silent = await shop.conversation(await shop.visitor(), agent, minute(0), minute(3));
    await rollUpShop(shop.shopId, minute(60));
    const facts = (await counted(shop.shopId)).conversations;
    const of = (id: string) => facts.find((fact) => fact.conversationId === id);
    const ms = (minutes: number) => BigInt(minutes * MINUTE_MS);
    expect(of(conversationId)).toMatchObject({
      firstResponseMs: ms(3),
      // The first from when she was taken: one minute; the second three.
      repliesMs: [ms(1), ms(3)],
      ...{ products: 1, recommended: 0, marks: 3, comparisons: 1, firstProductMs: ms(4) },
    });
    expect(of(left.conversationId)).toMatchObject({
      firstResponseMs: null,
      repliesMs: [],
      firstProductMs: null,
    });
    expect(of(silent.conversationId)).toMatchObject({ firstResponseMs: null, repliesMs: [] });
  });

  it("[IN113] another time zone counts everything again, on its days", async () => {
    await inBerlin();
    const visitorId = await shop.visitor();
    const at = new Date(FIRST + 30 * MINUTE_MS);
    await feed([event({ type: "page_viewed", visitorId, occurredAt: at })], at);
    const days = async () =>
      (await counted(shop.shopId)).visits.map(({ day }) => day.toISOString().slice(0, 10));
    await rollUpShop(shop.shopId, new Date(FIRST + DAY_MS));
    expect(await days()).toEqual(["2026-03-27"]);
    await getDb().shop.update({ where: { id: shop.shopId }, data: { timeZone: "America/New_York" } });
    await rollUpShop(shop.shopId, new Date(FIRST + DAY_MS));
    expect(await days()).toEqual(["2026-03-26"]);
  });

  it("[IN113] another rule of attribution credits everything anew; a half-life that no rule uses does not", async () => {
    await inBerlin();
    const { shopId } = shop;
    const agents = [await shop.agent("Anna"), await shop.agent("Otto")];
    const bag = await shop.product("BAG");
    const visitorId = await shop.visitor();
    const at = (minutes: number) => new Date(FIRST + minutes * MINUTE_MS);
    for (const [i, agent] of agents.entries())
      await shop.recommend(await shop.conversation(visitorId, agent, at(i)), agent, bag, at(10 + i));
    await buy(visitorId, bag, at(30), at(30));
    const credited = async () => {
      await rollUpShop(shopId, new Date());
      return (await counted(shopId)).credits.map(({ memberId, minor }) => [agents.indexOf(memberId), minor]);
    };
    expect(await credited()).toEqual([[1, 200n]]);
    await shop.attribute({ model: "first" });
    expect(await credited()).toEqual([[0, 200n]]);
    await shop.attribute({ model: "linear" });
    expect((await credited()).sort()).toEqual([
      [0, 100n],
      [1, 100n],
    ]);
    const basis = async () => {
      await rollUpShop(shopId, new Date());
      return (await getDb().rollupState.findUniqueOrThrow({ where: { shopId } })).basis;
    };
    const linear = await basis();
    await shop.attribute({ halfLifeDays: 2 });
    expect(await basis()).toBe(linear);
    await shop.attribute({ model: "time_decay" });
    const decay = await basis();
    await shop.attribute({ halfLifeDays: 3 });
    expect(await basis()).not.toBe(decay);
  });

  it("[IN121] who turns out to be somebody, or somebody else, takes her orders along", async () => {
    await inBerlin();
    const { shopId } = shop;
    const agent = await shop.agent("Anna");
    const bag = await shop.product("BAG");
    const [asked, bought] = [await shop.visitor(), await shop.visitor()];
    const at = (minutes: number) => new Date(FIRST + minutes * MINUTE_MS);
    const { conversationId } = await shop.conversation(asked, agent, at(0), at(5));
    await shop.recommend({ conversationId, visitorId: asked }, agent, bag, at(1));
    await buy(bought, bag, at(30), at(30));
    const countedAt = async (minutes: number) => {
      await rollUpShop(shopId, at(minutes));
      const { credits, orders } = await counted(shopId);
      return [credits.map((one) => one.conversationId), orders.map((one) => one.conversationId)];
    };
    expect(await countedAt(60)).toEqual([[], [null]]);
    const become = async (externalId: string, minutes: number, ...visitors: readonly string[]) => {
      const person = await getDb().person.create({ data: { shopId, externalId } });
      for (const visitorId of visitors) {
        await getDb().visitor.update({ where: { id: visitorId }, data: { personId: person.id } });
        const occurredAt = at(minutes);
        await feed([event({ type: "identity_joined", source: "server", visitorId, occurredAt })], occurredAt);
      }
    };
    await become("7", 90, asked, bought);
    expect(await countedAt(120)).toEqual([[conversationId], [conversationId]]);
    // The other of the two leaves: nothing tells of her who ordered.
    await become("8", 150, asked);
    expect(await countedAt(180)).toEqual([[], [null]]);
  });

  it("[IN114] several who count the same shop at once count as one", async () => {
    await inBerlin();
    const visitors = await Promise.all(Array.from({ length: 20 }, () => shop.visitor()));
    const at = (minutes: number) => new Date(FIRST + minutes * MINUTE_MS);
    await feed(
      visitors.map((visitorId, i) => event({ type: "page_viewed", visitorId, occurredAt: at(i) })),
      at(60),
    );
    await Promise.all(Array.from({ length: 4 }, () => rollUpShop(shop.shopId, at(120))));
    const { visits } = await counted(shop.shopId);
    expect(visits.map(({ pages }) => pages)).toEqual(visitors.map(() => 1));
  });

  it("[IN115] a worker counts what came in, shop by shop, and gives months their parts", async () => {
    await inBerlin();
    const visitorId = await shop.visitor();
    const worker = openRollupWorker(null, (error) => {
      throw error;
    });
    try {
      const now = new Date();
      await feed([event({ type: "page_viewed", visitorId, occurredAt: now })], now);
      const of = () => getDb().visit.count({ where: { shopId: shop.shopId } });
      await expect.poll(of, { timeout: 30_000 }).toBe(1);
      const part = `Event_${now.toISOString().slice(0, 7).replace("-", "_")}`;
      const rows = await getDb()
        .$queryRaw`SELECT tableoid::regclass::text AS part FROM "Event" WHERE "visitorId" = ${visitorId}`;
      expect(rows).toEqual([{ part: `"${part}"` }]);
    } finally {
      await worker.close();
    }
  }, 60_000);

  it("[IN117] learns of tables that have grown, once, and of the events' parts under their own name", async () => {
    await inBerlin();
    const visitorId = await shop.visitor();
    const at = (i: number) => new Date(FIRST + i * MINUTE_MS);
    await feed(
      Array.from({ length: 6_000 }, (_, i) => event({ type: "page_viewed", visitorId, occurredAt: at(i) })),
      at(0),
    );
    // Of a small table nothing is known before, either.
    await getDb().$executeRaw`CREATE TABLE small AS SELECT 1 AS one`;
    expect(await learnSizes()).toEqual(expect.arrayContaining(["Event", "small"]));
    const known = z.array(z.object({ events: z.number() }));
    const [all] = known.parse(
      await getDb()
        .$queryRaw`SELECT sum(c.reltuples)::int AS events FROM pg_partition_tree('"Event"') t JOIN pg_class c ON c.oid = t.relid WHERE t.isleaf AND c.reltuples > 0`,
    );
    expect(all?.events).toBeGreaterThan(5_000);
    expect(await learnSizes()).toEqual([]);
    await getDb().$executeRaw`DROP TABLE small`;
    await getDb().event.deleteMany({ where: { shopId: shop.shopId } });
  });

  it("[IN245] whoever has more to count than one step has every table looked at first, grown or not", async () => {
    await inBerlin();
    const visitorId = await shop.visitor();
    const views = (many: number) =>
      feed(
        Array.from({ length: many }, (_, i) =>
          event({ type: "page_viewed", visitorId, occurredAt: new Date(FIRST + i) }),
        ),
        new Date(),
      );
    await getDb().$executeRaw`CREATE TABLE tiny AS SELECT 1 AS one`;
    const known = async () =>
      z
        .array(z.object({ rows: z.number() }))
        .parse(
          await getDb().$queryRaw`SELECT reltuples::int AS rows FROM pg_class WHERE oid = 'tiny'::regclass`,
        );
    await views(10);
    await rollUpShop(shop.shopId, new Date());
    expect(await known()).toEqual([{ rows: -1 }]);
    await views(10_000);
    await rollUpShop(shop.shopId, new Date());
    expect(await known()).toEqual([{ rows: 1 }]);
    await getDb().$executeRaw`DROP TABLE tiny`;
    await getDb().event.deleteMany({ where: { shopId: shop.shopId } });
  });

  it("[IN115] a shop whose counting fails is reported, and keeps no other waiting", async () => {
    const broken = await makeShop();
    await getDb().shop.update({ where: { id: broken.shopId }, data: { timeZone: "Mars/Olympus" } });
    await inBerlin();
    const visitorId = await shop.visitor();
    const now = new Date();
    await feed([event({ type: "page_viewed", visitorId, occurredAt: now })], now);
    await getDb().event.create({
      data: {
        ...event({ type: "page_viewed", visitorId: await broken.visitor(), occurredAt: now }),
        shopId: broken.shopId,
      },
    });
    const errors: unknown[] = [];
    const worker = openRollupWorker(null, (error) => errors.push(error));
    try {
      await expect
        .poll(() => getDb().visit.count({ where: { shopId: shop.shopId } }), { timeout: 30_000 })
        .toBe(1);
      await expect.poll(() => errors.map(String).join(), { timeout: 30_000 }).toContain("Mars/Olympus");
    } finally {
      await worker.close();
      await getDb().shop.delete({ where: { id: broken.shopId } });
    }
  }, 60_000);

  it("[IN102] a day that begins before the months that are kept is not counted again from half of what it held", async () => {
    await inBerlin();
    const visitorId = await shop.visitor();
    // The last hour of February in UTC is the first of March in Berlin.
    const [before, after] = [new Date("2026-02-28T23:30:00Z"), new Date("2026-03-01T12:00:00Z")];
    await feed(
      [
        event({ type: "page_viewed", visitorId, occurredAt: before }),
        event({ type: "page_viewed", visitorId, occurredAt: after }),
      ],
      after,
    );
    await rollUpShop(shop.shopId, new Date(FIRST));
    await getDb().event.deleteMany({ where: { shopId: shop.shopId, occurredAt: before } });
    await forgetRollups(shop.shopId);
    await rollUpShop(shop.shopId, new Date(FIRST), new Date("2026-03-01T00:00:00Z"));
    expect((await counted(shop.shopId)).visits.map(({ pages }) => pages)).toEqual([2]);
  });

  it("[IN102] what was counted of months that were dropped stays when everything is counted again", async () => {
    await inBerlin();
    const visitorId = await shop.visitor();
    const seen = (at: Date) => event({ type: "page_viewed", visitorId, occurredAt: at });
    const [old, recent] = [new Date("2026-02-10T12:00:00Z"), new Date("2026-03-10T12:00:00Z")];
    await feed([seen(old), seen(recent)], recent);
    await rollUpShop(shop.shopId, new Date(FIRST));
    await getDb().event.deleteMany({ where: { shopId: shop.shopId, occurredAt: old } });
    await forgetRollups(shop.shopId);
    await rollUpShop(shop.shopId, new Date(FIRST), new Date("2026-03-01T00:00:00Z"));
    expect((await counted(shop.shopId)).visits.map(({ pages }) => pages)).toEqual([1, 1]);
  });
});
