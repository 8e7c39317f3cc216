/** Takes generated traffic away: by the version of its ids and by the address of its people, and nothing else. */
import { getDb, runStatement } from "@/lib/db/client";
import { forgetRollups } from "@/lib/insights/rollups/roll-up";
import { GENERATED_VERSION, VERSION_PLACE } from "./dice";
import { DEMO_PEOPLE } from "./load-world";

const generated = `"shopId" = $1 AND substring("id" FROM ${VERSION_PLACE} FOR 1) = '${GENERATED_VERSION}'`;

/** Conversations with all that was said and drawn go with their visitors, lines with their orders. @returns visitors */
export async function removeTraffic(shopId: string): Promise<number> {
  await runStatement(`DELETE FROM "Event" WHERE ${generated}`, [shopId]);
  await runStatement(`DELETE FROM "OrderChange" WHERE ${generated}`, [shopId]);
  await runStatement(`DELETE FROM "Order" WHERE ${generated}`, [shopId]);
  const visitors = await runStatement(`DELETE FROM "Visitor" WHERE ${generated}`, [shopId]);
  await forgetRollups(shopId);
  await getDb().user.deleteMany({
    where: { email: { endsWith: DEMO_PEOPLE }, members: { some: { shopId } } },
  });
  return visitors;
}
