import { randomUUID } from "node:crypto";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tableReports } from "@/app/(insights)/table-reports";
import { GET as readReport } from "@/app/api/v1/reports/[report]/route";
import { at, makeShop, type TestShop } from "@/lib/insights/internal/test-shop";
import { listConversationRows } from "@/lib/insights/reports/conversation-rows";
import { createApiKey } from "@/lib/shops/api-keys";
import { habitsFile } from "@/lib/ui/insights/people/habits-file";
import { openTestDatabase } from "@/tests/support/database";
import { createMember } from "@/tests/support/shop-people";
import { GET } from "./route";

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let shop: TestShop;
let manager: Headers;
/** The conversation in which the hat was recommended, and bought. */
let sold: string;

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  shop = await makeShop();
  await database.db.shop.update({ where: { id: shop.shopId }, data: { timeZone: "Europe/Rome" } });
  manager = await createMember(shop.shopId, "manager", "Mara");
  const ines = await shop.agent('=HYPERLINK("http://x")');
  const hat = await shop.product("hat");
  // More than one page of rows is held in memory at a time.
  const talk = await shop.conversation(await shop.visitor(), ines, at(0));
  sold = talk.conversationId;
  await shop.recommend(talk, ines, hat, at(0.5));
  await shop.rate(talk, 4);
  await shop.order(talk.visitorId, "o-1", at(1), [{ id: "hat", unitMinor: 1_050 }]);
  await shop.rollUp();
  const visitorId = await shop.visitor();
  await database.db.conversation.createMany({
    data: Array.from({ length: 600 }, (_, i) => ({
      shopId: shop.shopId,
      visitorId,
      createdAt: new Date(at(-24).getTime() + (i % 300) * 1_000),
    })),
  });
}, 60_000);
afterAll(() => database.close());

function ask(query: string, headers = manager, report = "conversations"): Promise<Response> {
  const request = new Request(`http://127.0.0.1/insights/export/${report}?${query}`, { headers });
  return GET(request, { params: Promise.resolve({ report }) });
}
const SPAN = "from=2010-01-01&to=2026-05-31";

it("[IN174][AT26] a file holds every conversation of sixteen years once, with the numbers of the list", async () => {
  const answer = await ask(`${SPAN}&format=csv`);
  expect(answer.headers.get("content-disposition")).toContain(
    "vetrina-conversations-2010-01-01-to-2026-05-31.csv",
  );
  const rows: Record<string, string>[] = parse(await answer.text(), { bom: true, columns: true });
  expect(new Set(rows.map(({ id }) => id)).size).toBe(601);
  expect(rows).toHaveLength(601);
  const question = {
    shopId: shop.shopId,
    range: { from: at(-1_000), to: at(1_000) },
    timeZone: "Europe/Rome",
    filters: {},
  };
  const [first] = (await listConversationRows(question, "ordered", { offset: 0, limit: 1 })).rows;
  expect(rows[0]).toMatchObject({
    id: first?.conversationId,
    recommended: "1",
    recommendationsBought: "1",
    orders: "1",
    value_EUR: "10.5",
    influenced_EUR: "10.5",
    value_EUR_claimed: "10.5",
    influenced_EUR_claimed: "10.5",
  });
});

it("[IN222] files name the channel and the team of each conversation", async () => {
  const question = { shopId: shop.shopId, range: { from: at(-1_000), to: at(1_000) }, timeZone: "UTC" };
  const [first] = (
    await listConversationRows({ ...question, filters: {} }, "ordered", { offset: 0, limit: 1 })
  ).rows;
  const team = await database.db.team.create({ data: { shopId: shop.shopId, name: "Rome" } });
  await database.db.conversation.update({
    where: { id: first?.conversationId ?? "" },
    data: { teamId: team.id, channel: "chat" },
  });
  const text = await (await ask(`${SPAN}&teamId=${team.id}`)).text();
  const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
  expect(rows).toMatchObject([{ team: "Rome", channel: "chat" }]);
});

it("[IN211] files hold the score, and nothing where nobody said anything", async () => {
  const rated: Record<string, string>[] = parse(await (await ask(SPAN)).text(), { bom: true, columns: true });
  expect(rated.slice(0, 2).map(({ score }) => score)).toEqual(["4", ""]);
  const lines = (await (await ask(`${SPAN}&format=json&state=rated`)).text()).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).score)).toEqual([4]);
});

it("[IN30] an agent's name starts no formula", async () => {
  const [row]: Record<string, string>[] = parse(await (await ask(SPAN)).text(), { bom: true, columns: true });
  expect(row?.agent).toMatch(/^'=/);
});

it("[IN174] JSON has a line for each of a state's conversations", async () => {
  const answer = await ask(`${SPAN}&format=json&state=bought`);
  const lines = (await answer.text()).trimEnd().split("\n");
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    agent: '=HYPERLINK("http://x")',
    influenced: [{ currency: "EUR", minor: 1_050, claimed: 1_050 }],
  });
});

/** The rows of a report's file, and the same report as JSON. */
async function both(report: string, query = SPAN) {
  const csv = await (await ask(query, manager, report)).text();
  const rows: Record<string, string>[] = parse(csv, { bom: true, columns: true });
  return { rows, whole: await (await ask(`${query}&format=json`, manager, report)).json() };
}

it("[IN182][AT26] the funnel, the overview and invitations are files with the numbers of their screens", async () => {
  const funnel = await both("funnel");
  expect(funnel.rows.map(({ step, count }) => [step, count])).toEqual([
    ...[
      ["shown", "0"],
      ["drawn", "0"],
      ["recommended", "1"],
      ["opened", "0"],
      ["carted", "0"],
      ["ordered", "1"],
    ],
    ["kept", "1"],
    ["returned", "0"],
  ]);
  expect(funnel.rows.at(-2)).toMatchObject({ earned_EUR: "10.5", earned_EUR_claimed: "10.5" });
  expect(funnel.whole.kept).toEqual([{ currency: "EUR", minor: 1_050, claimed: 1_050 }]);

  const overview = await both("overview");
  expect(overview.rows.at(-1)).toMatchObject({ monthFrom: "all", conversations: "601", rated: "1" });
  expect(overview.whole.total.conversations).toBe(601);

  const variants = await both("influence-products");
  expect(variants.rows).toMatchObject([{ id: "hat", direct: "10.5", assisted: "0", pieces: "1" }]);

  // Nobody was invited: groups, and no rates of nobody.
  const invitations = await both("invitations");
  expect(invitations.rows.map(({ group, people, boughtOfOne }) => [group, people, boughtOfOne])).toEqual([
    ...[
      ["invited", "0", ""],
      ["heldOut", "0", ""],
      ["difference", "", ""],
    ],
  ]);
  expect(invitations.whole).toMatchObject({ verdict: "tooFew", difference: null, revenue: [] });
  expect(invitations.whole.invited).not.toHaveProperty("rate");
});

it("[IN182][AT27] the order lines behind influence are a file", async () => {
  const lines = await both("influence-lines");
  expect(lines.rows).toMatchObject([
    { kind: "recommended", order: "o-1", id: "hat", confirmed: "0", currency: "EUR", amount: "10.5" },
  ]);
  expect(lines.whole).toMatchObject([{ kind: "recommended", orderId: "o-1", minor: 1_050 }]);
});

it("[IN182][AT34] the rows behind the funnel are a file, of all steps or of one", async () => {
  const behind = await both("funnel-products");
  expect(behind.rows).toMatchObject([
    {
      ...{ conversation: sold, product: "Product hat", shown: "0", recommended: "1", opened: "0" },
      ...{ ordered: "1", kept: "1", returned: "0", left_EUR: "10.5", left_EUR_claimed: "10.5" },
    },
  ]);
  expect(behind.whole.rows).toMatchObject([{ left: [{ currency: "EUR", minor: 1_050 }] }]);
  expect((await both("funnel-products", `${SPAN}&step=kept`)).rows).toHaveLength(1);
  expect((await both("funnel-products", `${SPAN}&step=opened`)).rows).toEqual([]);
});

it("[IN182] the conversations behind a product are a file, of one step too", async () => {
  const { id } = await database.db.product.findFirstOrThrow({
    where: { shopId: shop.shopId, externalId: "hat" },
  });
  const asked = `${SPAN}&productId=${id}`;
  const { rows, whole } = await both("product-conversations", asked);
  expect(rows).toMatchObject([{ conversation: sold, recommended: "1", carted: "0", bought: "1" }]);
  expect(whole.rows).toMatchObject([{ conversationId: sold, bought: true }]);
  expect((await both("product-conversations", `${asked}&step=bought`)).rows).toHaveLength(1);
  expect((await both("product-conversations", `${asked}&step=carted`)).rows).toEqual([]);
  expect((await ask(SPAN, manager, "product-conversations")).status).toBe(400);
  const strange = await (await makeShop()).product("lamp");
  expect((await ask(`${SPAN}&productId=${strange}`, manager, "product-conversations")).status).toBe(404);
});

it("[IN182] one journey is a file, and no other shop's", async () => {
  const asked = `conversation=${sold}`;
  const answer = await ask(asked, manager, "journey");
  expect(answer.headers.get("content-disposition")).toContain(`vetrina-journey-${sold}.csv`);
  const { rows, whole } = await both("journey", asked);
  expect(rows.map(({ phase, step, amount }) => [phase, step, amount])).toEqual([
    ["during", "recommended", ""],
    ["during", "bought", "10.5"],
  ]);
  expect(whole.steps).toHaveLength(2);
  const stranger = await createMember((await makeShop()).shopId, "manager", "Sid");
  expect((await ask(asked, stranger, "journey")).status).toBe(404);
  for (const wrong of ["", "conversation=x"]) expect((await ask(wrong, manager, "journey")).status).toBe(400);
});

it("[IN242] visits are a file, one a customer's day, with its conversations and orders", async () => {
  const text = await (await ask(SPAN, manager, "visits")).text();
  const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
  expect(rows).toMatchObject([{ day: "2026-05-10", pages: "0", conversations: sold, orders: "o-1" }]);
  const lines = (await (await ask(`${SPAN}&format=json`, manager, "visits")).text()).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).orders)).toEqual([["o-1"]]);
  const alone = await (await ask(`${SPAN}&format=json&state=alone`, manager, "visits")).text();
  expect(alone).toBe("");
});

it("[IN243] the cases of a pair are a file, and nothing of the API", async () => {
  const ids = await Promise.all(["bag", "belt"].map((name) => shop.product(name)));
  const buyer = await shop.visitor();
  await shop.order(buyer, "o-2", at(2), [{ id: "bag" }, { id: "belt" }]);
  await shop.order(buyer, "o-3", at(3), [{ id: "bag" }]);
  const asked = `${SPAN}&kind=together&first=${ids[0]}&second=${ids[1]}`;
  const { rows, whole } = await both("pair-cases", asked);
  expect(rows).toMatchObject([{ order: "o-2", conversation: "", both: "1", rule: "" }]);
  expect(whole).toMatchObject({ windowDays: null, rows: [{ orderId: "o-2" }] });
  const all = await both("pair-cases", `${asked}&state=first`);
  expect(all.rows.map(({ order, both: second }) => [order, second])).toEqual([
    ...[
      ["o-3", "0"],
      ["o-2", "1"],
    ],
  ]);
  expect((await ask(SPAN, manager, "pair-cases")).status).toBe(400);
  expect(tableReports.has("pair-cases")).toBe(false);
});

it("[IN206] the people of a group of the hold-out are a file, and nothing of the API", async () => {
  const visitorId = await shop.visitor();
  const decided = { type: "invitation_held_out", conversationId: null, visitorId } as const;
  await shop.fact({ ...decided, occurredAt: at(1) });
  await shop.order(visitorId, "o-4", at(2), [{ id: "hat" }]);
  const { rows, whole } = await both("invitation-people", `${SPAN}&group=heldOut&state=bought`);
  expect(rows).toMatchObject([{ group: "heldOut", guest: "", openedInvitation: "0", orders: "o-4" }]);
  expect(whole).toMatchObject({ days: 7, group: "heldOut", state: "bought", rows: [{ orders: ["o-4"] }] });
  expect((await both("invitation-people", `${SPAN}&group=invited`)).rows).toEqual([]);
  expect(tableReports.has("invitation-people")).toBe(false);
});

it("[IN182] what the best do differently is a file, and empty where nobody stands apart", async () => {
  const { rows, whole } = await both("people-habits");
  expect([rows, whole]).toEqual([[], null]);
  const difference = { value: 2, low: 1, high: 3 };
  const { head, rows: told } = habitsFile({ habits: [{ habit: "marks", best: 5, rest: 3, difference }] });
  expect(told).toEqual([["marks", 5, 3, 2, 1, 3]]);
  expect(head).toHaveLength(6);
});

it("[IN68] the API answers every report with the rows of its file", async () => {
  const key = await createApiKey(shop.shopId, { name: "BI", scopes: ["reports:read"] });
  const asked = async (report: string, query: string) => {
    const request = new Request(`http://127.0.0.1/api/v1/reports/${report}?${query}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const answer = await readReport(request, { params: Promise.resolve({ report }) });
    return { status: answer.status, body: await answer.json() };
  };
  const ofProduct = ["heat", "product-conversations"];
  for (const report of [...tableReports.keys()].filter((name) => !ofProduct.includes(name))) {
    const { status, body } = await asked(report, SPAN);
    expect(status, report).toBe(200);
    expect(body).toMatchObject({ report, from: "2010-01-01", to: "2026-05-31", timeZone: "Europe/Rome" });
    const file = (await both(report)).rows;
    const [heads = []]: string[][] = parse(await (await ask(SPAN, manager, report)).text(), { bom: true });
    expect(new Set(heads).size, report).toBe(heads.length);
    const told = body.rows.map((row: Record<string, unknown>) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? "")])),
    );
    // Only a file guards what could start a formula.
    expect(told, report).toEqual(file.map((row) => JSON.parse(JSON.stringify(row).replaceAll("\"'=", '"='))));
  }
  const counted = async (query: string) => (await asked("overview", `${SPAN}&${query}`)).body.rows.at(-1);
  expect(await counted("product=hat")).toMatchObject({ conversations: 1 });
  expect(await counted("product=unknown")).toMatchObject({ conversations: 0 });
  for (const report of ofProduct) {
    expect((await asked(report, `${SPAN}&product=hat`)).status).toBe(200);
    expect((await asked(report, SPAN)).status).toBe(400);
  }
  expect((await asked("constructor", SPAN)).status).toBe(404);
  for (const wrong of [
    "from=2026-05-01",
    "to=2026-05-01",
    "from=2026-05-02&to=2026-05-01",
    "days=8",
    "from=x&to=x",
  ])
    expect((await asked("overview", wrong)).status, wrong).toBe(400);
});

it("[IN182] a product's heat map is a file, its small cells hidden where the screen hides them", async () => {
  const { db } = database;
  const { shopId } = shop;
  const productId = await shop.product("lamp");
  const assetId = randomUUID();
  const begun = await db.conversation.findMany({ where: { shopId }, take: 6 });
  const cells = (index: number) => (index === 0 ? [0, 25] : [25]);
  await db.heatTrace.createMany({
    data: begun.map(({ id }, index) => ({
      ...{ shopId, conversationId: id, productId, assetId, day: new Date("2026-05-10") },
      ...{ drawnByCustomer: cells(index), drawnByAgent: [], zoomedByCustomer: [], zoomedByAgent: [] },
    })),
  });
  const all = await both("heat", `${SPAN}&productId=${productId}`);
  const drawn = all.rows.filter(({ by }) => by === "customer");
  expect(drawn.map(({ column, row, conversations }) => [column, row, conversations])).toEqual([
    ...[
      ["2", "2", "6"],
      ["1", "1", "1"],
    ],
  ]);
  // A picture that the catalogue does not show any more has no number.
  expect(drawn[0]).toMatchObject({ picture: "", pictureId: assetId, ofConversations: "6" });
  const large = await both("heat", `${SPAN}&productId=${productId}&small=hide`);
  expect(large.rows.filter(({ by }) => by === "customer")).toHaveLength(1);
  expect((await ask(SPAN, manager, "heat")).status).toBe(400);
  const strange = await (await makeShop()).product("lamp");
  expect((await ask(`${SPAN}&productId=${strange}`, manager, "heat")).status).toBe(404);
});

it("[IN181] an agent, and somebody who is not signed in, get no file; a manager none of another shop", async () => {
  const agent = await createMember(shop.shopId, "agent", "Aldo");
  expect((await ask(SPAN, agent)).status).toBe(403);
  expect((await ask(SPAN, new Headers())).status).toBe(401);
  const stranger = await createMember((await makeShop()).shopId, "admin", "Sol");
  expect((await (await ask(`${SPAN}&format=json`, stranger)).text()).trim()).toBe("");
  expect((await ask(SPAN, manager, "constructor")).status).toBe(404);
});
