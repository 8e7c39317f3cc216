/** One member's desk as it is now: who waits, what is hers, what colleagues have (CO14, CO15). */
import { getDb } from "@/lib/db/client";
import { messageBodySchema } from "@/lib/protocol/chat";
import { type DeskConversation, type DeskSnapshot, deskConversationSchema } from "@/lib/protocol/desk";
import type { MemberId, ShopId } from "@/lib/protocol/ids";
import { unseenCounts } from "./unseen-counts";
import { currentPages } from "./visited-pages";

/** Conversations one desk lists; a shop with more open at once needs the search of a later issue. */
const MAX_LISTED = 300;
/** Characters of the last message a row shows. */
const PREVIEW_CHARS = 120;

export async function loadDeskSnapshot(member: {
  readonly shopId: ShopId;
  readonly memberId: MemberId;
}): Promise<DeskSnapshot> {
  const rows = await findListed(member.shopId);
  const [pages, unseen] = await Promise.all([
    currentPages(rows.map((row) => row.visitorId)),
    unseenCounts(member.memberId),
  ]);
  const listed = rows.map((row) => describe(row, member.memberId, pages.get(row.visitorId) ?? null, unseen));
  const mine = listed.filter((one) => one.myRole !== null);
  const notMine = listed.filter((one) => one.myRole === null);
  return {
    now: Date.now(),
    waiting: listed.filter((one) => one.status === "waiting"),
    mine: mine.filter((one) => one.status !== "waiting"),
    others: notMine.filter((one) => one.status === "open"),
  };
}

function findListed(shopId: ShopId) {
  return getDb().conversation.findMany({
    where: { shopId, status: { not: "closed" } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: MAX_LISTED,
    include: {
      participants: { orderBy: { createdAt: "asc" } },
      messages: { orderBy: { seq: "desc" }, take: 1, select: { body: true } },
    },
  });
}

type Listed = Awaited<ReturnType<typeof findListed>>[number];

function describe(
  row: Listed,
  memberId: MemberId,
  page: DeskConversation["page"],
  unseen: ReadonlyMap<string, number>,
): DeskConversation {
  const customer = row.participants.find((one) => one.role === "customer");
  const here = row.participants.filter(
    (one) => (one.role === "agent" || one.role === "supervisor") && one.leftAt === null,
  );
  return deskConversationSchema.parse({
    conversationId: row.id,
    status: row.status,
    name: customer?.name ?? "",
    color: customer?.color ?? 0,
    locale: row.locale,
    createdAt: row.createdAt.getTime(),
    page,
    people: here.map(({ id, memberId, name, role }) => ({ participantId: id, memberId, name, role })),
    myRole: here.find((one) => one.memberId === memberId)?.role ?? null,
    unread: unseen.get(row.id) ?? 0,
    lastText: preview(row.messages[0]?.body),
  } satisfies Record<keyof DeskConversation, unknown>);
}

function preview(stored: unknown): string {
  const body = messageBodySchema.safeParse(stored);
  if (!body.success) return "";
  switch (body.data.kind) {
    case "text":
      return body.data.text.slice(0, PREVIEW_CHARS);
    case "recommendation":
      return body.data.product.title.slice(0, PREVIEW_CHARS);
    case "basket":
      return body.data.title.slice(0, PREVIEW_CHARS);
    default:
      return "";
  }
}
