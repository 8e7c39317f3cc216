import { join } from "node:path";
import { pino } from "pino";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET as getItem } from "@/app/api/v1/conversations/[id]/items/[source]/[sourceId]/route";
import { acceptConversation } from "@/lib/conversations/accept";
import { requireConversationAccess, requireParticipantAccess } from "@/lib/conversations/access";
import { findInvitation } from "@/lib/conversations/companions/find-invitation";
import { inviteCompanion } from "@/lib/conversations/companions/invite-companion";
import { joinAsCompanion } from "@/lib/conversations/companions/join-as-companion";
import { endConversation } from "@/lib/conversations/end";
import { superviseConversation } from "@/lib/conversations/join";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { uncover } from "@/lib/conversations/uncover";
import { sendItem } from "@/lib/export/send-item";
import { createDiskStore } from "@/lib/media/disk-store";
import { sizeName } from "@/lib/media/file-name";
import { closePicturePool } from "@/lib/media/picture-pool";
import { getMediaStore, mediaStoreSlot } from "@/lib/media/store";
import { addMark, removeMarks } from "@/lib/panel/commands";
import type { Item } from "@/lib/panel/schema";
import { messageBodySchema } from "@/lib/protocol/chat";
import { AppError } from "@/lib/protocol/errors";
import { resolvedItemSchema } from "@/lib/protocol/http";
import { assetIdSchema, type ShopId } from "@/lib/protocol/ids";
import { type Composition, compose } from "@/lib/runtime/compose";
import { eraseCustomer } from "@/lib/visitors/erase";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { openTestExports } from "@/tests/support/export-worker";
import {
  markOf,
  type OpenedPanel,
  openPanel,
  origin,
  putPhoto,
  storePanel,
} from "@/tests/support/panel-with-photos";
import { createMember, createShop, createVisitor } from "@/tests/support/shop-people";
import { limitExports } from "../../../answer-file";
import { requestWords } from "../../../request-words";
import { POST } from "./route";

const ORIGIN = "http://127.0.0.1:3000";
/** Of the mark, and where its line lies on a photo of 600 x 400. */
const [VERMILION, ON_MARK] = [
  [0xd5, 0x5e, 0x00],
  [100, 175],
] as const;

let database: TestDatabase;
let composition: Composition;
let exports: { close(): Promise<void> };
let shopId: ShopId;
let agent: Headers;
let ours: OpenedPanel;
let item: Item;

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  mediaStoreSlot.provide(await createDiskStore(join(database.dataDir, "media")));
  exports = await openTestExports();
  composition = await compose(pino({ level: "silent" }), {
    metricsToken: null,
    redisUrl: null,
    ffmpeg: "off",
    clamd: null,
  });
}, 60_000);
afterAll(async () => {
  await composition.close();
  await exports.close();
  await closePicturePool();
  await database.close();
});

/** A photo with a mark on it, in a conversation that an agent has taken. */
beforeEach(async () => {
  shopId = await createShop();
  agent = await createMember(shopId, "agent", "Mara");
  ours = await openPanel(shopId);
  item = await putPhoto(ours);
  addMark(ours.doc, origin, markOf(item));
  await storePanel(ours);
  await acceptConversation(await requireConversationAccess(agent, ours.conversationId));
});

function ask(headers: HeadersInit, itemId: string = item.id, id: string = ours.conversationId) {
  const address = `${ORIGIN}/api/v1/conversations/${id}/export/items/${itemId}/message?lang=en`;
  return POST(new Request(address, { method: "POST", headers }), { params: Promise.resolve({ id, itemId }) });
}
const refusal = async (answer: Response) => [answer.status, (await answer.json()).error?.code];

const where = () => ({ conversationId: ours.conversationId });
async function pictures() {
  const rows = await database.db.message.findMany({ where: where(), orderBy: { seq: "asc" } });
  return rows.flatMap(({ body, participantId }) => {
    const said = messageBodySchema.parse(body);
    return said.kind === "picture" ? [{ ...said, participantId }] : [];
  });
}
const assets = () => database.db.asset.findMany({ where: where(), orderBy: { createdAt: "asc" } });
/** The one painting, besides the photo itself. */
async function marked() {
  const [found, ...more] = (await assets()).filter(({ id }) => id !== item.assetId);
  if (found === undefined || more.length > 0) throw new Error(`${more.length} paintings more than one`);
  return found;
}

async function pixel(assetId: string, [x, y]: readonly [number, number]): Promise<readonly number[]> {
  const file = await getMediaStore().find({ shopId, assetId: assetIdSchema.parse(assetId) }, sizeName(600));
  if (file === null) throw new Error("no such file");
  const bytes = await new Response(file.open()).arrayBuffer();
  const { data } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray((y * 600 + x) * 3, (y * 600 + x) * 3 + 3)];
}
const distance = (one: readonly number[], other: readonly number[]) =>
  Math.max(...one.map((value, index) => Math.abs(value - (other[index] ?? 0))));

describe("sending an item into the chat", () => {
  it("[EX12] says it in one message by whoever asked, with a picture that keeps the marks, and adds nothing to the panel", async () => {
    const journal = async () => (await createPanelJournal().load(ours.conversationId)).updates.length;
    const before = await journal();
    expect((await ask(ours.visitor.headers)).status).toBe(204);
    const { id } = await marked();
    expect(await pictures()).toEqual([
      {
        ...{ kind: "picture", itemId: item.id, assetId: id, width: 600, height: 400, marked: true },
        participantId: ours.participantId,
      },
    ]);
    expect(await marked()).toMatchObject({ shopId, participantId: ours.participantId, covered: false });
    expect(distance(await pixel(id, ON_MARK), VERMILION)).toBeLessThan(24);
    expect(await journal()).toBe(before);

    expect((await ask(agent)).status).toBe(204);
    const mara = await database.db.participant.findFirstOrThrow({ where: { ...where(), role: "agent" } });
    expect((await pictures()).at(-1)).toMatchObject({ participantId: mara.id, itemId: item.id });
  });

  it("[EX12] what is erased or drawn later is not in it, and the same marks are kept once", async () => {
    await ask(agent);
    await ask(ours.visitor.headers);
    const { id } = await marked();
    expect((await pictures()).map(({ assetId }) => assetId)).toEqual([id, id]);

    removeMarks(ours.doc, origin, ours.doc.getMap("marks").keys() as Iterable<never>);
    await storePanel(ours);
    await ask(agent);
    const bare = (await pictures()).at(-1)?.assetId ?? "";
    expect(bare).not.toBe(id);
    expect(distance(await pixel(bare, ON_MARK), VERMILION)).toBeGreaterThan(40);
    expect(distance(await pixel(id, ON_MARK), VERMILION)).toBeLessThan(24);
  });

  it("[EX12] its picture goes with the conversation", async () => {
    await ask(agent);
    const place = { shopId, assetId: assetIdSchema.parse((await marked()).id) };
    expect(await getMediaStore().find(place, sizeName(600))).not.toBeNull();
    await eraseCustomer(shopId, ours.visitor.visitorId, "Sofia");
    expect(await assets()).toEqual([]);
    expect(await getMediaStore().find(place, sizeName(600))).toBeNull();
  });
});

describe("who may send it", () => {
  it("[EX13] nobody but the customer and the agents who take part", async () => {
    const access = () => requireConversationAccess(ours.visitor.headers, ours.conversationId);
    const invitation = await findInvitation((await inviteCompanion(await access())).code);
    if (invitation === null) throw new Error("no invitation");
    const { visitorToken } = await joinAsCompanion(invitation, "Tom");
    const manager = await createMember(shopId, "manager", "Carla");
    await superviseConversation(await requireConversationAccess(manager, ours.conversationId));
    const elsewhere = await createMember(await createShop(), "admin", "Olga");
    for (const [headers, ...told] of [
      [new Headers({ authorization: `Bearer ${visitorToken}` }), 403, "forbidden"],
      [manager, 403, "forbidden"],
      [await createMember(shopId, "agent", "Ines"), 403, "forbidden"],
      [(await createVisitor(shopId)).headers, 404, "not_found"],
      [elsewhere, 404, "not_found"],
      [new Headers(), 401, "unauthorized"],
      [new Headers([...agent, ["sec-fetch-site", "cross-site"]]), 403, "forbidden"],
    ] as const)
      expect(await refusal(await ask(headers))).toEqual(told);
    for (const id of ["item-99999999", "", "../../../etc/passwd", "x".repeat(5_000)])
      expect(await refusal(await ask(agent, id))).toEqual([404, "not_found"]);
    // The item of one conversation is not reached through another.
    const other = await openPanel(shopId);
    expect(await refusal(await ask(other.visitor.headers, item.id, other.conversationId))).toEqual([
      404,
      "not_found",
    ]);
    expect([await pictures(), (await assets()).length]).toEqual([[], 1]);
  });

  it("[EX13] is refused once the conversation has ended, also while it was painted, and leaves nothing", async () => {
    const access = await requireParticipantAccess(ours.visitor.headers, ours.conversationId);
    const words = requestWords(new Request(ORIGIN));
    const ended = async () => {
      // Painted and kept by then.
      expect((await assets()).length).toBe(2);
      throw new AppError("conversation_closed");
    };
    const sending = sendItem(access, item.id, words, ended, new AbortController().signal);
    await expect(sending).rejects.toMatchObject({ code: "conversation_closed" });
    expect((await assets()).length).toBe(1);

    await endConversation(access);
    for (const headers of [ours.visitor.headers, agent])
      expect(await refusal(await ask(headers))).toEqual([409, "conversation_closed"]);
    expect([await pictures(), (await assets()).length]).toEqual([[], 1]);
  });

  it("[EX13] counts as an export, and who asks too often is told to wait", async () => {
    const access = await requireConversationAccess(agent, ours.conversationId);
    for (let time = 0; time < 60; time++) await limitExports(access, "image/png");
    const answer = await ask(agent);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refusal(answer)).toEqual([429, "too_many"]);
    expect((await ask(ours.visitor.headers)).status).toBe(204);
  });
});

describe("what is covered", () => {
  const cover = () => database.db.asset.update({ where: { id: item.assetId }, data: { covered: true } });
  async function seen(headers: Headers, sourceId: string): Promise<boolean> {
    const params = Promise.resolve({ id: ours.conversationId, source: "asset", sourceId });
    const answer = await getItem(new Request(`${ORIGIN}/items`, { headers }), { params });
    return resolvedItemSchema.parse(await answer.json()).sizes.length > 0;
  }

  it("[EX14] is not sent by whom it is covered for", async () => {
    await cover();
    expect(await refusal(await ask(agent))).toEqual([404, "not_found"]);
    expect([await pictures(), (await assets()).length]).toEqual([[], 1]);
  });

  it("[EX14] and sent by the customer is covered until what it shows is uncovered", async () => {
    await cover();
    expect((await ask(ours.visitor.headers)).status).toBe(204);
    const { id, covered } = await marked();
    expect(covered).toBe(true);
    expect([await seen(agent, id), await seen(ours.visitor.headers, id)]).toEqual([false, true]);
    await uncover(await requireConversationAccess(agent, ours.conversationId), item.assetId);
    expect(await seen(agent, id)).toBe(true);
  });

  it("[EX14] and uncovered with it in the moment in which it is kept, too", async () => {
    await cover();
    const access = await requireParticipantAccess(ours.visitor.headers, ours.conversationId);
    const meanwhile = async () => {
      expect(await marked()).toMatchObject({ covered: true });
      await database.db.asset.update({ where: { id: item.assetId }, data: { covered: false } });
    };
    const words = requestWords(new Request(ORIGIN));
    await sendItem(access, item.id, words, meanwhile, new AbortController().signal);
    expect(await marked()).toMatchObject({ covered: false });
  });
});
