/** What an identified customer ordered, asked of the shop's system for the agent who talks with her; never stored. */
import { getDb } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";
import { ownCatalogue } from "../catalogue-view";
import { findLive } from "./live-connection";
import type { CustomerRef, Fresh, LiveOrder, LiveOrderDetails } from "./port";

/**
 * @param personId of somebody for whom the shop's server vouched; nobody else's orders are shown
 * @returns null when the shop's system offers no orders, or she is not known by an e-mail address
 * @throws ConnectionProblem
 */
export async function loadCustomerOrders(
  shopId: ShopId,
  personId: string,
): Promise<Fresh<readonly LiveOrder[]> | null> {
  const [customer, live] = await Promise.all([
    findCustomer(shopId, personId),
    findLive(ownCatalogue(shopId)),
  ]);
  return (customer && (await live?.adapter.orders?.(customer))) ?? null;
}

/** @returns null as above; a value of null when the order is not hers */
export async function loadCustomerOrder(
  shopId: ShopId,
  personId: string,
  reference: string,
): Promise<Fresh<LiveOrderDetails | null> | null> {
  const [customer, live] = await Promise.all([
    findCustomer(shopId, personId),
    findLive(ownCatalogue(shopId)),
  ]);
  return (customer && (await live?.adapter.orderDetails?.(customer, reference))) ?? null;
}

async function findCustomer(shopId: ShopId, personId: string): Promise<CustomerRef | null> {
  const person = await getDb().person.findFirst({ where: { id: personId, shopId }, select: { email: true } });
  return person === null || person.email === "" ? null : { email: person.email };
}
