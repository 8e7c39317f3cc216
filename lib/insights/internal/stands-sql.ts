/** Whether an "Order" o stands (IN44): it was not cancelled, and not everything of it came back. One that names no lines stands. */
export const standsSql = `(o.status <> 'cancelled' and (
      select coalesce(bool_or(l.quantity > l."refundedQuantity"), true) from "OrderLine" l where l."orderId" = o.id))`;
