/** PrestaShop's customers and their orders. */
import type { CustomerRef, LiveOrder, PlatformAdapter } from "../port";
import { orderAmount, webAddress } from "../read-answer";
import { unlessRefused } from "../rights";
import type { Params } from "../shop-line";
import { anyOf, full, plain } from "./filters";
import type { PrestaLine } from "./presta-line";
import { type PrestaOrder, prestaCarriers, prestaCustomers, prestaOrders, prestaParcels } from "./shapes";

const MAX_ORDERS = 20;

/** @param currency of orders whose own is not known any more */
export function createPrestaPeople(
  shop: PrestaLine,
  currency: string,
): Required<Pick<PlatformAdapter, "customer" | "orders" | "orderDetails">> {
  async function findCustomer({ email }: CustomerRef) {
    const params: Params = [...full, ["filter[email]", `[${plain(email)}]`]];
    const found = await shop.rows("customers", prestaCustomers, params);
    return found.find((one) => one.email.toLowerCase() === email.toLowerCase()) ?? null;
  }

  async function ordersOf(customer: CustomerRef, more: Params): Promise<readonly PrestaOrder[]> {
    const found = await findCustomer(customer);
    if (found === null) return [];
    const params: Params = [
      ...full,
      ["filter[id_customer]", anyOf([found.id])],
      ["sort", "[id_DESC]"],
      ...more,
    ];
    const orders = await shop.rows("orders", prestaOrders, params);
    return orders.filter(({ id_customer }) => id_customer === found.id);
  }

  async function toOrder(order: PrestaOrder): Promise<LiveOrder> {
    const [states, own] = await Promise.all([shop.names("order_states"), shop.currencyOf(order.id_currency)]);
    return {
      reference: order.reference,
      placedAt: order.date_add,
      ...orderAmount(order.total_paid, own ?? currency),
      state: states.get(order.current_state) ?? "",
      deliveryDate: "",
    };
  }

  async function parcelOf(orderId: string) {
    const params: Params = [...full, ["filter[id_order]", anyOf([orderId])]];
    const [parcel] = (await unlessRefused(shop.rows("order_carriers", prestaParcels, params))) ?? [];
    if (parcel === undefined) return { carrier: "", trackingNumber: "", trackingUrl: "" };
    const whose: Params = [...full, ["filter[id]", anyOf([parcel.id_carrier])]];
    const [carrier] = (await unlessRefused(shop.rows("carriers", prestaCarriers, whose))) ?? [];
    const number = parcel.tracking_number;
    return {
      carrier: carrier?.name ?? "",
      trackingNumber: number,
      trackingUrl: number === "" ? "" : webAddress(carrier?.url.replace("@", encodeURIComponent(number))),
    };
  }

  return {
    async customer(customer) {
      const found = await findCustomer(customer);
      if (found === null) return null;
      const { id, firstname, lastname, email } = found;
      return { externalId: id, firstName: firstname, lastName: lastname, email };
    },
    async orders(customer) {
      return Promise.all((await ordersOf(customer, [["limit", String(MAX_ORDERS)]])).map(toOrder));
    },
    async orderDetails(customer, reference) {
      const orders = await ordersOf(customer, [["filter[reference]", `[${plain(reference)}]`]]);
      const found = orders.find((order) => order.reference === reference);
      if (found === undefined) return null;
      const [order, parcel] = await Promise.all([toOrder(found), parcelOf(found.id)]);
      const lines = (found.associations?.order_rows ?? []).map((row) => ({
        title: row.product_name,
        quantity: row.product_quantity,
      }));
      return { ...order, ...parcel, lines };
    },
  };
}
