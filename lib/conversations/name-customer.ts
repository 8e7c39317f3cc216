import { getDb } from "@/lib/db/client";
import { conversationIdSchema, type ShopId, type VisitorId } from "@/lib/protocol/ids";
import { tellRoom } from "./tell-room";

/** Calls a customer by the name that her shop vouched for, in the conversation she is in; a guest without a name stays one. */
export async function nameCustomer(visitor: {
  readonly visitorId: VisitorId;
  readonly shopId: ShopId;
}): Promise<void> {
  const { visitorId, shopId } = visitor;
  const row = await getDb().visitor.findFirst({
    where: { id: visitorId, shopId },
    select: { person: { select: { name: true } } },
  });
  const name = row?.person?.name ?? "";
  if (name === "") return;
  const open = await getDb().participant.findMany({
    where: { visitorId, role: "customer", name: { not: name }, conversation: { status: { not: "closed" } } },
    select: { id: true, conversationId: true },
  });
  for (const { id, conversationId } of open) {
    await getDb().participant.update({ where: { id }, data: { name } });
    await tellRoom(shopId, conversationIdSchema.parse(conversationId), null);
  }
}
