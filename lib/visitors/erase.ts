/**
 * Takes a customer out of everything that is stored: what she wrote, sent and drew goes, who she was goes, and of what she did
 * stay counts that lead to nobody. Orders are the shop's own records: they stay, without saying whose they are.
 */
import { randomUUID } from "node:crypto";
import { getDb, type Prisma } from "@/lib/db/client";
import { forgetWhoseVisits } from "@/lib/insights/rollups/count-visits";
import { getMediaStore } from "@/lib/media/store";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { assetIdSchema, type ShopId } from "@/lib/protocol/ids";
import { findBrowsers } from "./find-browsers";

/** A customer of many years has some ten thousand events. Milliseconds. */
const WITHIN_MS = 120_000;

export interface Erased {
  /** Browsers of hers. */
  readonly visitors: number;
  readonly conversations: number;
}

/**
 * @param who the shop's own number of the customer, or the id of one visitor
 * @param by who erases her: a name that is kept, with how much it was
 * @throws AppError not_found
 */
export async function eraseCustomer(shopId: ShopId, who: string, by: string): Promise<Erased> {
  const { files, ...erased } = await getDb().$transaction(
    async (tx) => {
      const done = await erase(tx, shopId, who);
      const { visitors, conversations } = done;
      await tx.erasure.create({ data: { shopId, by, visitors, conversations } });
      return done;
    },
    { timeout: WITHIN_MS, maxWait: WITHIN_MS },
  );
  for (const assetId of files) {
    // A bucket that is away must not keep the others: what is left over nobody refers to, and `media -- gc` removes it.
    await getMediaStore()
      .delete({ shopId, assetId })
      .catch((error: unknown) => faultsSlot.find()?.(error));
  }
  return erased;
}

async function erase(tx: Prisma.TransactionClient, shopId: ShopId, who: string) {
  const { person, ids } = await findBrowsers(tx, shopId, who);
  const where = { shopId, visitorId: { in: ids } };
  const assets = await tx.asset.findMany({ where: { conversation: where }, select: { id: true } });
  const companions = await tx.participant.findMany({
    where: { conversation: where, role: "companion", visitorId: { not: null } },
    select: { visitorId: true },
  });
  await makeNobodys(tx, shopId, ids);
  const { count } = await tx.conversation.deleteMany({ where });
  // Whom she brought along was there for her alone, unless she has a conversation of her own by now.
  await tx.visitor.deleteMany({
    where: {
      ...{ shopId, personId: null, conversations: { none: {} } },
      id: { in: companions.flatMap(({ visitorId }) => visitorId ?? []) },
    },
  });
  // What she wrote as somebody's companion stays with that conversation, and without her name.
  await tx.participant.updateMany({
    where: { visitorId: { in: ids }, conversation: { shopId } },
    data: { name: "" },
  });
  await tx.visitor.deleteMany({ where: { shopId, id: { in: ids } } });
  if (person !== null) {
    // Also orders that were reported before anybody knew her browsers.
    const { externalId: customerExternalId } = person;
    await tx.order.updateMany({ where: { shopId, customerExternalId }, data: { customerExternalId: null } });
    await tx.person.delete({ where: { id: person.id } });
  }
  return {
    visitors: ids.length,
    conversations: count,
    files: assets.map(({ id }) => assetIdSchema.parse(id)),
  };
}

/**
 * Each of her days becomes somebody's who came on that day only, by a name that cannot be reckoned again: visits count as they
 * did, also when all is added up anew, and nothing joins one of her days to another.
 */
async function makeNobodys(tx: Prisma.TransactionClient, shopId: ShopId, ids: readonly string[]) {
  const salt = randomUUID();
  await tx.$executeRaw`
    UPDATE "Event" e SET "visitorId" = md5(${salt}::text || e."visitorId" || (e."occurredAt" AT TIME ZONE s."timeZone")::date::text),
      "participantId" = NULL, "conversationId" = NULL, "data" = '{}'
    FROM "Shop" s WHERE s."id" = ${shopId} AND e."shopId" = s."id" AND e."visitorId" = ANY(${ids}::text[])`;
  await forgetWhoseVisits(tx, shopId, ids, salt);
  await tx.$executeRaw`UPDATE "CountedOrder" SET "visitorId" = NULL WHERE "shopId" = ${shopId} AND "visitorId" = ANY(${ids}::text[])`;
  await tx.$executeRaw`
    UPDATE "Order" SET "visitorId" = NULL, "customerExternalId" = NULL, "updatedAt" = clock_timestamp()
    WHERE "shopId" = ${shopId} AND "visitorId" = ANY(${ids}::text[])`;
}
