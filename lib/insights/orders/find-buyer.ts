/** Which visitor an order belongs to, as its shop's server says: by a token of ours, or by its own number of the customer. */
import { verifyOrderToken } from "@/lib/auth/tokens";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { ReportedOrder } from "./reported";

export interface Buyer {
  readonly visitorId: string;
  /** claim: only a browser said so; it gives way to the others. */
  readonly by: "token" | "person" | "claim";
}

/** Null when nothing in the report names somebody this shop knows; whatever is wrong with a token, the order counts. */
export async function findBuyer(
  shopId: string,
  order: Pick<ReportedOrder, "visitorToken" | "customerExternalId">,
): Promise<Buyer | null> {
  const byToken = order.visitorToken === null ? null : await visitorOfToken(shopId, order.visitorToken);
  if (byToken !== null) return { visitorId: byToken, by: "token" };
  const byNumber =
    order.customerExternalId === null ? null : await visitorOfPerson(shopId, order.customerExternalId);
  return byNumber === null ? null : { visitorId: byNumber, by: "person" };
}

async function visitorOfToken(shopId: string, token: string): Promise<string | null> {
  try {
    const claims = await verifyOrderToken(token);
    if (claims.shopId !== shopId) return null;
    const visitor = await getDb().visitor.findFirst({
      where: { id: claims.visitorId, shopId },
      select: { id: true },
    });
    return visitor?.id ?? null;
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthorized") return null;
    throw error;
  }
}

/** One person may be several visitors (phone, desk): the one who last spoke with an agent, else the one last seen. */
async function visitorOfPerson(shopId: string, externalId: string): Promise<string | null> {
  const visitors = await getDb().visitor.findMany({
    where: { shopId, person: { shopId, externalId } },
    orderBy: { lastSeenAt: "desc" },
    select: {
      id: true,
      conversations: { orderBy: { createdAt: "desc" }, take: 1, select: { createdAt: true } },
    },
  });
  const [first] = visitors.toSorted(
    (a, b) => (b.conversations[0]?.createdAt.getTime() ?? 0) - (a.conversations[0]?.createdAt.getTime() ?? 0),
  );
  return first?.id ?? null;
}
