import type { getDb, Prisma } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import { isStorable } from "@/lib/protocol/storable";

type Database = Pick<Prisma.TransactionClient | ReturnType<typeof getDb>, "person" | "visitor">;

/**
 * Everything under which a customer is known: of a visitor who is a known person all of her browsers, or erasing one would leave the others.
 * @param who the shop's own number of the customer, or the id of one visitor
 * @throws AppError not_found
 */
export async function findBrowsers(db: Database, shopId: ShopId, who: string) {
  if (!isStorable(who)) throw new AppError("not_found", "no such customer");
  const byNumber = await db.person.findUnique({
    where: { shopId_externalId: { shopId, externalId: who } },
  });
  const one =
    byNumber === null
      ? await db.visitor.findFirst({ where: { shopId, id: who }, include: { person: true } })
      : null;
  const person = byNumber ?? one?.person ?? null;
  if (person === null && one === null) throw new AppError("not_found", "no such customer");
  const visitors = await db.visitor.findMany({
    where: person === null ? { shopId, id: who } : { shopId, personId: person.id },
    select: { id: true },
  });
  return { person, ids: visitors.map(({ id }) => id) };
}
