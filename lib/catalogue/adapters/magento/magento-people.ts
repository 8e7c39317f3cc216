/** Magento's customers, their carts and their orders. */
import { decimalToMinor } from "../money";
import type { CustomerRef, PlatformAdapter } from "../port";
import { unlessRefused } from "../rights";
import type { ShopLine } from "../shop-line";
import { fromMagentoOrder, fromMagentoOrderDetails } from "./products";
import { type Condition, searchCriteria } from "./search-criteria";
import { magentoCarts, magentoCustomers, magentoOrders, magentoShipments } from "./shapes";

const MAX_ORDERS = 20;

export function createMagentoPeople(
  line: ShopLine,
): Required<Pick<PlatformAdapter, "customer" | "cart" | "orders" | "orderDetails">> {
  async function findCustomer({ email }: CustomerRef) {
    const params = searchCriteria({ groups: [[["email", email, "eq"]]], pageSize: 1 });
    const { items } = await line.get(
      { what: "customers", path: "/customers/search", params },
      magentoCustomers,
    );
    return items?.find((one) => one.email.toLowerCase() === email.toLowerCase()) ?? null;
  }

  async function ordersOf({ email }: CustomerRef, more: readonly (readonly Condition[])[] = []) {
    const groups = [[["customer_email", email, "eq"]] as const, ...more];
    const params = searchCriteria({ groups, pageSize: MAX_ORDERS, newestFirst: "created_at" });
    const { items } = await line.get({ what: "orders", path: "/orders", params }, magentoOrders);
    return (items ?? []).filter((order) => order.customer_email.toLowerCase() === email.toLowerCase());
  }

  return {
    async customer(customer) {
      const found = await findCustomer(customer);
      if (found === null) return null;
      const { id, firstname, lastname, email } = found;
      return { externalId: id, firstName: firstname, lastName: lastname, email };
    },
    async cart(customer) {
      const found = await findCustomer(customer);
      if (found === null) return null;
      const groups = [[["customer_id", found.id, "eq"]], [["is_active", "1", "eq"]]] as const;
      const params = searchCriteria({ groups, pageSize: 1 });
      const { items } = await line.get({ what: "carts", path: "/carts/search", params }, magentoCarts);
      const [cart] = items ?? [];
      if (cart === undefined) return null;
      const own = cart.currency.quote_currency_code;
      const lines = (cart.items ?? []).map(({ sku, name, qty, price }) => {
        const unit = decimalToMinor(price, own);
        return {
          externalId: sku,
          title: name,
          quantity: qty,
          totalMinor: unit === null ? null : Math.round(unit * qty),
        };
      });
      return { currency: own, totalMinor: lines.reduce((sum, one) => sum + (one.totalMinor ?? 0), 0), lines };
    },
    orders: async (customer) => (await ordersOf(customer)).map(fromMagentoOrder),
    async orderDetails(customer, reference) {
      const [found] = await ordersOf(customer, [[["increment_id", reference, "eq"]]]);
      if (found?.increment_id !== reference) return null;
      const params = searchCriteria({ groups: [[["order_id", found.entity_id, "eq"]]], pageSize: 5 });
      const shipments = await unlessRefused(
        line.get({ what: "shipments", path: "/shipments", params }, magentoShipments),
      );
      const [track] = (shipments?.items ?? []).flatMap(({ tracks }) => tracks ?? []);
      return fromMagentoOrderDetails(found, track);
    },
  };
}
