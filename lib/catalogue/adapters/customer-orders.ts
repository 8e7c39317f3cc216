/** What an identified customer ordered and has in her cart, asked of the shop's system for the agent who talks with her; never stored. */
import { getDb } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";
import { ownCatalogue } from "../catalogue-view";
import { findLive } from "./live-connection";
import type { CatalogueAdapter, CustomerRef, Fresh, LiveCart, LiveOrder, LiveOrderDetails } from "./port";

/**
 * @param personId of somebody for whom the shop's server vouched; nobody else's orders are shown
 * @returns null when the shop's system offers no orders, or she is not known by an e-mail address
 * @throws ConnectionProblem
 */
export async function loadCustomerOrders(
  shopId: ShopId,
  personId: string,
): Promise<Fresh<readonly LiveOrder[]> | null> {
  return askOf(shopId, personId, (adapter, customer) => adapter.orders?.(customer));
}

/** @returns null as above; a value of null when the order is not hers */
export async function loadCustomerOrder(
  shopId: ShopId,
  personId: string,
  reference: string,
): Promise<Fresh<LiveOrderDetails | null> | null> {
  return askOf(shopId, personId, (adapter, customer) => adapter.orderDetails?.(customer, reference));
}

/**
 * An adapter that goes by a browser's session would hand out whatever cart that has: only when it knows her by her address is it
 * asked for one (CA105).
 * @returns null as above; a value of null when the shop's system does not know her, or has no cart of hers
 */
export async function loadCustomerCart(
  shopId: ShopId,
  personId: string,
): Promise<Fresh<LiveCart | null> | null> {
  return askOf(shopId, personId, async (adapter, customer) => {
    if (adapter.cart === undefined) return null;
    const known = await adapter.customer?.(customer);
    return known?.value === null ? { ...known, value: null } : adapter.cart(customer);
  });
}

async function askOf<T>(
  shopId: ShopId,
  personId: string,
  ask: (adapter: CatalogueAdapter, customer: CustomerRef) => Promise<T | null> | undefined,
): Promise<T | null> {
  const [customer, live] = await Promise.all([
    findCustomer(shopId, personId),
    findLive(ownCatalogue(shopId)),
  ]);
  return (customer && live && (await ask(live.adapter, customer))) ?? null;
}

async function findCustomer(shopId: ShopId, personId: string): Promise<CustomerRef | null> {
  const person = await getDb().person.findFirst({ where: { id: personId, shopId }, select: { email: true } });
  return person === null || person.email === "" ? null : { email: person.email };
}
