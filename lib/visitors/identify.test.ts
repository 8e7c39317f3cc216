import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requireNewestToken } from "@/lib/auth/require-visitor";
import { type VisitorClaims, verifyVisitorToken } from "@/lib/auth/tokens";
import { nameCustomer } from "@/lib/conversations/name-customer";
import { openConversation } from "@/lib/conversations/open-conversation";
import { type ShopId, shopIdSchema } from "@/lib/protocol/ids";
import { openTestDatabase } from "@/tests/support/database";
import { createVisitor, requireVisitor } from "./create-visitor";
import { identifyVisitor } from "./identify";
import { hasIdentitySecret, renewIdentitySecret } from "./identity-secret";
import { logOut } from "./log-out";

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let shopId: ShopId;
let otherShopId: ShopId;
let secret = "";
const refused = { code: "unauthorized" };
const nowSeconds = () => Math.floor(Date.now() / 1_000);

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  const make = async (key: string) =>
    shopIdSchema.parse((await database.db.shop.create({ data: { key, name: "Shop" } })).id);
  shopId = await make("identify-key");
  otherShopId = await make("identify-other-key");
  secret = await renewIdentitySecret(shopId);
}, 60_000);

afterAll(() => database.close());

/** As a shop's server signs it. */
const signed = (
  claims: Record<string, unknown>,
  by = secret,
  { iat = nowSeconds(), exp = nowSeconds() + 600 } = {},
) =>
  new SignJWT({ iat, exp, ...claims })
    .setProtectedHeader({ alg: "HS256" })
    .sign(new TextEncoder().encode(by));

const visitor = async (of = shopId) => verifyVisitorToken((await createVisitor(of)).visitorToken);
const idsOf = ({ visitorId, shopId: of }: VisitorClaims) => ({ visitorId, shopId: of });

describe("identity", () => {
  it("[VI9] a token that the shop's server signed is believed, and says who she is", async () => {
    const asker = await visitor();
    const result = await identifyVisitor(
      asker,
      await signed({ sub: "K-1", name: " Mara Weiß ", email: "mara@x.example" }),
    );
    expect(result).toMatchObject({ outcome: "joined", visitor: idsOf(asker) });
    const row = await database.db.visitor.findUniqueOrThrow({
      where: { id: asker.visitorId },
      include: { person: true },
    });
    expect(row.person).toMatchObject({
      externalId: "K-1",
      name: "Mara Weiß",
      email: "mara@x.example",
      shopId,
    });
  });

  it("[VI9] forged, unsigned, expired, long-lived, future and nonsense tokens are refused, and nobody is joined", async () => {
    const asker = await visitor();
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"sub":"K-1"}').toString("base64url")}.`;
    const now = nowSeconds();
    const bad = [
      await signed({ sub: "K-1" }, "another secret of thirty-two bytes or so"),
      none,
      "not a token",
      await signed({ sub: "K-1" }, secret, { iat: now - 7_200, exp: now - 3_600 }),
      await signed({ sub: "K-1" }, secret, { iat: now - 10, exp: now + 8 * 24 * 3_600 }),
      await signed({ sub: "K-1" }, secret, { iat: now - 30 * 3_600, exp: now + 600 }),
      await signed({ sub: "" }),
      await signed({ sub: "x".repeat(201) }),
      await signed({ sub: "with\0nul" }),
      await signed({ sub: 5 }),
      await signed({ name: "Nobody" }),
    ];
    for (const token of bad) await expect(identifyVisitor(asker, token)).rejects.toMatchObject(refused);
    const row = await database.db.visitor.findUniqueOrThrow({ where: { id: asker.visitorId } });
    expect(row.personId).toBeNull();
  });

  it("[VI9] another shop's secret, or an old one, signs nothing here", async () => {
    expect(await hasIdentitySecret(otherShopId)).toBe(false);
    await expect(
      identifyVisitor(await visitor(otherShopId), await signed({ sub: "K-1" })),
    ).rejects.toMatchObject(refused);
    const old = await renewIdentitySecret(otherShopId);
    await renewIdentitySecret(otherShopId);
    const stranger = await visitor(otherShopId);
    await expect(identifyVisitor(stranger, await signed({ sub: "K-1" }, old))).rejects.toMatchObject(refused);
    await expect(identifyVisitor(stranger, await signed({ sub: "K-1" }))).rejects.toMatchObject(refused);
  });

  it("[VI14] a token from before she logged in opens nothing, whoever has it; what it tells of a visit still counts", async () => {
    const before = await createVisitor(shopId);
    const asker = await verifyVisitorToken(before.visitorToken);
    expect(await requireNewestToken(before.visitorToken)).toEqual(idsOf(asker));
    const mara = await signed({ sub: "K-9", name: "Mara" });
    const joined = await identifyVisitor(asker, mara);
    await expect(requireNewestToken(before.visitorToken)).rejects.toMatchObject({ code: "unauthorized" });
    expect(await requireNewestToken(joined.tokens.visitorToken)).toEqual(idsOf(asker));
    expect(await requireVisitor(before.visitorToken, shopId, "https://shop.example")).toMatchObject(
      idsOf(asker),
    );

    // The answer was lost: she tells again with the token she has, and her shop vouches for her.
    const again = await identifyVisitor(asker, mara);
    expect(again.outcome).toBe("same");
    expect(await requireNewestToken(again.tokens.visitorToken)).toEqual(idsOf(asker));
    // Whoever else tries that with a copy of it is somebody else.
    const other = await identifyVisitor(asker, await signed({ sub: "K-10", name: "Theo" }));
    expect(other.outcome).toBe("split");
    expect(other.visitor.visitorId).not.toBe(asker.visitorId);
  });

  it("[VI14] with her logging out her newest token ends too, and only that one can do it", async () => {
    const before = await createVisitor(shopId);
    const asker = await verifyVisitorToken(before.visitorToken);
    const { tokens } = await identifyVisitor(asker, await signed({ sub: "K-11", name: "Mara" }));
    await expect(logOut(before.visitorToken, shopId)).rejects.toMatchObject({ code: "unauthorized" });
    await expect(logOut(tokens.visitorToken, otherShopId)).rejects.toMatchObject({ code: "unauthorized" });
    await requireNewestToken(tokens.visitorToken);
    await logOut(tokens.visitorToken, shopId);
    await expect(requireNewestToken(tokens.visitorToken)).rejects.toMatchObject({ code: "unauthorized" });
  });

  it("[VI16] logging out is a fact, once for two tabs that do it at once, and not when it is refused", async () => {
    const before = await createVisitor(shopId);
    const asker = await verifyVisitorToken(before.visitorToken);
    const { tokens } = await identifyVisitor(asker, await signed({ sub: "K-12", name: "Mara" }));
    const left = () =>
      database.db.event.findMany({
        where: { visitorId: asker.visitorId, type: "identity_left" },
        select: { shopId: true, source: true, conversationId: true, data: true },
      });
    await expect(logOut(before.visitorToken, shopId)).rejects.toMatchObject({ code: "unauthorized" });
    expect(await left()).toEqual([]);
    const both = await Promise.allSettled([
      logOut(tokens.visitorToken, shopId),
      logOut(tokens.visitorToken, shopId),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await left()).toEqual([{ shopId, source: "server", conversationId: null, data: {} }]);
  });

  it("[VI10] the same person again stays, at a second browser she is the same person, and another person splits", async () => {
    const first = await visitor();
    const mara = () => signed({ sub: "K-2", name: "Mara" });
    await identifyVisitor(first, await mara());
    expect(await identifyVisitor(first, await mara())).toMatchObject({
      outcome: "same",
      visitor: idsOf(first),
    });
    const phone = await visitor();
    expect(await identifyVisitor(phone, await mara())).toMatchObject({
      outcome: "joined",
      visitor: idsOf(phone),
    });

    const split = await identifyVisitor(first, await signed({ sub: "K-3", name: "Theo" }));
    expect(split.outcome).toBe("split");
    expect(split.visitor.visitorId).not.toBe(first.visitorId);
    expect(await verifyVisitorToken(split.tokens.visitorToken)).toEqual({ ...split.visitor, epoch: 0 });
    const people = await database.db.person.findMany({
      where: { shopId, externalId: { in: ["K-2", "K-3"] } },
      include: { visitors: true },
      orderBy: { externalId: "asc" },
    });
    expect(people.map((person) => person.visitors.map(({ id }) => id).sort())).toEqual([
      [first.visitorId, phone.visitorId].sort(),
      [split.visitor.visitorId],
    ]);
    const facts = await database.db.event.findMany({
      where: { shopId, visitorId: { in: [first.visitorId, phone.visitorId, split.visitor.visitorId] } },
    });
    expect(facts.map(({ type, source }) => `${type} ${source}`).sort()).toEqual([
      "identity_joined server",
      "identity_joined server",
      "identity_split server",
    ]);
  });

  it("[VI10] two tabs that log in at once make one person", async () => {
    const asker = await visitor();
    const token = await signed({ sub: "K-4" });
    const results = await Promise.all([identifyVisitor(asker, token), identifyVisitor(asker, token)]);
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(["joined", "same"]);
    expect(await database.db.person.count({ where: { shopId, externalId: "K-4" } })).toBe(1);
  });

  it("[VI11] she is called by her name, in the conversation she is in and in the next", async () => {
    const asker = await visitor();
    const open = await openConversation(asker, "en");
    const nameIn = async (participantId: string) =>
      (await database.db.participant.findUniqueOrThrow({ where: { id: participantId } })).name;
    expect(await nameIn(open.participantId)).toMatch(/^Guest \d+$/);
    await identifyVisitor(asker, await signed({ sub: "K-5", name: "Ines Alba" }));
    await nameCustomer(asker);
    expect(await nameIn(open.participantId)).toBe("Ines Alba");

    const phone = await visitor();
    await identifyVisitor(phone, await signed({ sub: "K-5", name: "Ines Alba" }));
    expect(await nameIn((await openConversation(phone, "de")).participantId)).toBe("Ines Alba");
    const nameless = await visitor();
    await identifyVisitor(nameless, await signed({ sub: "K-6" }));
    expect(await nameIn((await openConversation(nameless, "en")).participantId)).toMatch(/^Guest \d+$/);
  });
});
