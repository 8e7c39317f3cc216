import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import type { VisitorId } from "@/lib/protocol/ids";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { at, makeShop, type TestShop } from "../internal/test-shop";
import { recordClaim } from "../record";
import { loadHoldout } from "./holdout";
import { holdoutGroups, holdoutStates, listHoldoutPeople } from "./holdout-people";

const range = { from: at(0), to: at(240) };

for (const engine of ["postgres", "pglite"] as const) {
  describe(`what invitations are worth (${engine})`, () => {
    let database: TestDatabase;
    let shop: TestShop;
    beforeAll(async () => {
      database = await openTestDatabase(engine);
    });
    afterAll(() => database.close());
    beforeEach(async () => {
      shop = await makeShop();
      await shop.product("p1");
    });

    type Decision = "invitation_shown" | "invitation_held_out";
    const decide = (visitorId: VisitorId, type: Decision, hours: number) =>
      shop.fact({ type, conversationId: null, visitorId, occurredAt: at(hours) });
    const decided = async (type: Decision, hours = 1) => {
      const visitor = await shop.visitor();
      await decide(visitor, type, hours);
      return visitor;
    };
    const buy = (visitor: VisitorId, hours: number, currency?: string) =>
      shop.order(visitor, randomUUID(), at(hours), [{ id: "p1" }], currency);
    const load = () => loadHoldout({ shopId: shop.shopId, range });

    it("[IN200] counts each person once, in the group of the first decision within the range", async () => {
      const visitor = await decided("invitation_shown");
      await decide(visitor, "invitation_held_out", 30);
      await decided("invitation_held_out");
      await decided("invitation_held_out", -1);
      await decided("invitation_shown", 240);
      const { invited, heldOut } = await load();
      expect([invited.people, heldOut.people]).toEqual([1, 1]);
    });

    it("[IN201] counts orders within seven days after it, whatever browser of hers they came from", async () => {
      const [first, second] = [await decided("invitation_shown"), await shop.visitor()];
      const person = await getDb().person.create({ data: { shopId: shop.shopId, externalId: "c-1" } });
      await getDb().visitor.updateMany({
        where: { id: { in: [first, second] } },
        data: { personId: person.id },
      });
      await buy(second, 1 + 7 * 24);
      const late = await decided("invitation_held_out");
      await buy(late, 1.1 + 7 * 24);
      await buy(late, 0.9);
      const { invited, heldOut } = await load();
      expect(invited).toMatchObject({ people: 1, bought: 1 });
      expect(heldOut).toMatchObject({ people: 1, bought: 0 });
    });

    it("[IN202][AT26] leaves out what was cancelled or given back, and never adds two currencies", async () => {
      const visitor = await decided("invitation_shown");
      await buy(visitor, 2);
      await buy(visitor, 3, "CHF");
      const cancelled = await decided("invitation_shown");
      await buy(cancelled, 2);
      await getDb().order.updateMany({ where: { visitorId: cancelled }, data: { status: "cancelled" } });
      const refunded = await decided("invitation_held_out");
      await buy(refunded, 2);
      await getDb().orderLine.updateMany({
        where: { order: { visitorId: refunded } },
        data: { refundedQuantity: 1, refundedMinor: 1_000 },
      });
      await getDb().order.updateMany({
        where: { visitorId: visitor, currency: "CHF" },
        data: { confirmedAt: at(3) },
      });
      const { invited, heldOut, revenue } = await load();
      expect(invited).toMatchObject({ people: 2, bought: 1 });
      expect(heldOut.bought).toBe(0);
      expect(revenue.map(({ currency, invited, heldOut }) => [currency, invited, heldOut])).toEqual([
        ["CHF", 500, 0],
        ["EUR", 500, 0],
      ]);
      expect(revenue.map(({ claimed }) => claimed)).toEqual([
        { invited: 0, heldOut: 0 },
        { invited: 500, heldOut: 0 },
      ]);
    });

    it("[IN203] says nothing of few, and only what the whole interval shows of many", async () => {
      expect((await load()).verdict).toBe("tooFew");
      const groups = { invitation_shown: 60, invitation_held_out: 40 } as const;
      const visitors: Record<Decision, VisitorId[]> = { invitation_shown: [], invitation_held_out: [] };
      for (const type of ["invitation_shown", "invitation_held_out"] as const) {
        for (let i = 0; i < groups[type]; i++) visitors[type].push(await decided(type));
      }
      for (const visitor of visitors.invitation_shown.slice(0, 9)) await buy(visitor, 2);
      for (const visitor of visitors.invitation_held_out.slice(0, 4)) await buy(visitor, 2);
      const open = await load();
      // 15 % against 10 %: the interval holds nought.
      expect(open.verdict).toBe("open");
      expect(open.difference.value).toBeCloseTo(0.05, 10);
      for (const visitor of visitors.invitation_shown.slice(9, 30)) await buy(visitor, 2);
      const more = await load();
      expect(more.verdict).toBe("more");
      expect(more.difference.low).toBeGreaterThan(0);
      expect(more.revenue[0]?.difference.low).toBeGreaterThan(0);
    });

    it("[IN204] leaves out who was erased, and reads no other shop", async () => {
      const visitor = await decided("invitation_shown");
      await buy(visitor, 2);
      const other = await makeShop();
      const { invited } = await loadHoldout({ shopId: other.shopId, range });
      expect(invited.people).toBe(0);
      await getDb().visitor.delete({ where: { id: visitor } });
      expect((await load()).invited.people).toBe(0);
    });

    it("[IN206] each figure opens the people it counts, with what came of each and nothing of who they are", async () => {
      const agent = await shop.agent("A");
      const buyer = await decided("invitation_shown", 3);
      const opener = { type: "invitation_opened", shopId: shop.shopId, conversationId: null } as const;
      await recordClaim({ ...opener, visitorId: buyer, occurredAt: at(3.1) });
      await getDb().visitor.update({ where: { id: buyer }, data: { guestNumber: 7 } });
      const talk = await shop.conversation(buyer, agent, at(3.2));
      await shop.conversation(buyer, agent, at(4 + 7 * 24));
      await shop.order(buyer, "o-1", at(4), [{ id: "p1" }]);
      await shop.order(buyer, "o-2", at(5), [{ id: "p1" }], "CHF");
      await decided("invitation_shown", 2);
      const other = await decided("invitation_held_out");
      await buy(other, 2);
      await getDb().order.updateMany({ where: { visitorId: other }, data: { status: "cancelled" } });
      await decide(other, "invitation_shown", 30);

      const report = await load();
      const page = { offset: 0, limit: 10 };
      for (const group of holdoutGroups)
        for (const state of holdoutStates) {
          const { total, rows } = await listHoldoutPeople(
            { shopId: shop.shopId, range },
            { group, state },
            page,
          );
          const counted = report[group];
          expect(total, `${group} ${state}`).toBe(state === "all" ? counted.people : counted[state]);
          expect(rows).toHaveLength(total);
        }
      const all = { group: "invited", state: "all" } as const;
      const { days, rows } = await listHoldoutPeople({ shopId: shop.shopId, range }, all, page);
      expect(days).toBe(report.days);
      expect(rows).toEqual([
        {
          ...{ at: at(3).getTime(), guestNumber: 7, opened: true },
          ...{ conversations: [talk.conversationId], orders: ["o-1", "o-2"] },
        },
        { at: at(2).getTime(), guestNumber: null, opened: false, conversations: [], orders: [] },
      ]);
      const second = await listHoldoutPeople({ shopId: shop.shopId, range }, all, { offset: 1, limit: 1 });
      expect([second.rows, second.total]).toEqual([rows.slice(1), 2]);
      const stranger = await makeShop();
      expect((await listHoldoutPeople({ shopId: stranger.shopId, range }, all, page)).rows).toEqual([]);
    });

    it("[IN205] counts who opened the invitation and who began a conversation, in both groups", async () => {
      const agent = await shop.agent("A");
      const opener = await decided("invitation_shown");
      await recordClaim({
        type: "invitation_opened",
        shopId: shop.shopId,
        conversationId: null,
        visitorId: opener,
        occurredAt: at(1.1),
      });
      await shop.conversation(opener, agent, at(1.2));
      await shop.conversation(await decided("invitation_held_out"), agent, at(2));
      await shop.conversation(await decided("invitation_held_out"), agent, at(0.5));
      const { invited, heldOut } = await load();
      expect(invited).toMatchObject({ people: 1, opened: 1, talked: 1 });
      expect(heldOut).toMatchObject({ people: 2, opened: 0, talked: 1 });
    });
  });
}
