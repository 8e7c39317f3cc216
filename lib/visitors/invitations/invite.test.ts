import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import type { BrowserEvent } from "@/lib/protocol/events";
import { type ShopId, shopIdSchema, type VisitorId, visitorIdSchema } from "@/lib/protocol/ids";
import { findShop } from "@/lib/shops/find-shop";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { isHeldOut } from "./held-out";
import { getInvitationSettings, saveInvitationSettings } from "./invitation-settings";
import { decideInvitation, invitationAfter, recordInvitationOpened } from "./invite";

const NOW = new Date("2026-05-10T12:00:00.000Z");
const DAY_MS = 86_400_000;
const later = (ms: number) => new Date(NOW.getTime() + ms);
const base = { id: randomUUID(), at: NOW.getTime(), url: "https://shop.example/", title: "" } as const;
const page: BrowserEvent = { ...base, type: "page_viewed" };
const product: BrowserEvent = { ...base, type: "product_viewed", productId: "BAG-1" };

it("[VI22] holds out about the share that was asked for, the same people each time, and more of them for more", () => {
  const people = Array.from({ length: 4_000 }, (_, index) => `visitor-${index}`);
  const out = (salt: string, percent: number) => people.filter((who) => isHeldOut(salt, who, percent));
  // 400 are expected; six deviations of such a draw are 114.
  expect(Math.abs(out("salt", 10).length - 400)).toBeLessThan(114);
  expect(out("salt", 10)).toEqual(out("salt", 10));
  expect(out("salt", 20)).toEqual(expect.arrayContaining(out("salt", 10)));
  expect(out("salt", 0)).toEqual([]);
  expect(out("salt", 100)).toEqual(people);
  expect(out("other", 10)).not.toEqual(out("salt", 10));
});

describe.each(["postgres", "pglite"] as const)("invitations (%s)", (engine) => {
  let database: TestDatabase;
  let shopId: ShopId;
  let visitorId: VisitorId;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    const shop = await getDb().shop.create({ data: { key: randomUUID(), name: "Sartoria", origins: [] } });
    shopId = shopIdSchema.parse(shop.id);
    visitorId = await newVisitor();
  });

  const newVisitor = async (personId: string | null = null) =>
    visitorIdSchema.parse((await getDb().visitor.create({ data: { shopId, personId } })).id);
  const switchOn = (holdOut: number, after = 20) => saveInvitationSettings(shopId, { after, holdOut });
  const askedAfter = async (events: readonly BrowserEvent[], now = NOW) => {
    const { inviteAfter = null } = (await findShop(shopId)) ?? {};
    return invitationAfter({ shopId, inviteAfter }, visitorId, events, now);
  };
  const facts = async () =>
    (await getDb().event.findMany({ where: { shopId }, orderBy: { occurredAt: "asc" } })).map(
      ({ type, source, visitorId: of }) => [type, source, of],
    );

  it("[VI20] nobody is asked before the shop wants it, nor without a product, nor while she talks with us", async () => {
    expect(await askedAfter([product])).toBeNull();
    expect(await decideInvitation(shopId, visitorId, NOW)).toBe(false);
    await switchOn(0);
    expect(await askedAfter([page])).toBeNull();
    expect(await askedAfter([page, product])).toBe(20);
    await getDb().conversation.create({ data: { shopId, visitorId, status: "open" } });
    expect(await decideInvitation(shopId, visitorId, NOW)).toBe(false);
    expect(await facts()).toEqual([]);
  });

  it("[VI21] is decided once a day, also by tabs that ask at once, and recorded either way", async () => {
    await switchOn(0);
    const tabs = await Promise.all(Array.from({ length: 5 }, () => decideInvitation(shopId, visitorId, NOW)));
    expect(tabs.filter(Boolean)).toHaveLength(1);
    expect(await askedAfter([product], later(1_000))).toBeNull();
    expect(await askedAfter([product], later(DAY_MS + 1))).toBe(20);
    await saveInvitationSettings(shopId, { after: 20, holdOut: 50 });
    let held = await newVisitor();
    const { inviteSalt } = await getDb().shop.findUniqueOrThrow({ where: { id: shopId } });
    while (!isHeldOut(inviteSalt, held, 50)) held = await newVisitor();
    expect(await decideInvitation(shopId, held, later(1))).toBe(false);
    expect(await facts()).toEqual([
      ["invitation_shown", "server", visitorId],
      ["invitation_held_out", "server", held],
    ]);
  });

  it("[VI22] a customer of several browsers is in one group", async () => {
    await switchOn(50);
    const person = await getDb().person.create({ data: { shopId, externalId: "c-1" } });
    const browsers = [await newVisitor(person.id), await newVisitor(person.id), await newVisitor(person.id)];
    const shown: boolean[] = [];
    for (const browser of browsers) shown.push(await decideInvitation(shopId, browser, NOW));
    expect(new Set(shown).size).toBe(1);
  });

  it("[VI22] whoever was drawn before she logged in stays in her group, and takes her other browsers along", async () => {
    await switchOn(50);
    const { inviteSalt } = await getDb().shop.findUniqueOrThrow({ where: { id: shopId } });
    const out = (who: string) => isHeldOut(inviteSalt, who, 50);
    for (let n = 0; n < 8; n++) {
      const browser = await newVisitor();
      expect(await decideInvitation(shopId, browser, NOW)).toBe(!out(browser));
      const person = await getDb().person.create({ data: { shopId, externalId: `c-${n}` } });
      await getDb().visitor.update({ where: { id: browser }, data: { personId: person.id } });
      for (const each of [browser, await newVisitor(person.id)]) {
        expect(await decideInvitation(shopId, each, later(2 * DAY_MS))).toBe(!out(browser));
      }
    }
  });

  it("[VI23] an opening counts once, and only of somebody to whom it was shown", async () => {
    await switchOn(0);
    await recordInvitationOpened(shopId, visitorId, NOW);
    expect(await facts()).toEqual([]);
    await decideInvitation(shopId, visitorId, NOW);
    const open = () => recordInvitationOpened(shopId, visitorId, later(5_000));
    await Promise.all([open(), open(), open()]);
    await recordInvitationOpened(shopId, visitorId, later(2 * DAY_MS));
    expect(await facts()).toEqual([
      ["invitation_shown", "server", visitorId],
      ["invitation_opened", "browser", visitorId],
    ]);
    await switchOn(50);
    const { inviteSalt } = await getDb().shop.findUniqueOrThrow({ where: { id: shopId } });
    let held = await newVisitor();
    while (!isHeldOut(inviteSalt, held, 50)) held = await newVisitor();
    await decideInvitation(shopId, held, NOW);
    await recordInvitationOpened(shopId, held, later(5_000));
    expect((await facts()).filter(([, , of]) => of === held)).toHaveLength(1);
  });

  it("[VI24] bounds what can be chosen, and draws once", async () => {
    expect(await getInvitationSettings(shopId)).toEqual({ after: null, holdOut: 10 });
    for (const [seconds, holdOut] of [
      [4, 10],
      [601, 10],
      [20, 51],
      [20, -1],
      [20.5, 10],
    ] as const) {
      await expect(saveInvitationSettings(shopId, { after: seconds, holdOut })).rejects.toMatchObject({
        code: "bad_request",
      });
    }
    const salt = async () => (await getDb().shop.findUniqueOrThrow({ where: { id: shopId } })).inviteSalt;
    await switchOn(10);
    const drawn = await salt();
    expect(drawn).not.toBe("");
    await saveInvitationSettings(shopId, { after: null, holdOut: 20 });
    expect(await salt()).toBe(drawn);
  });
});
