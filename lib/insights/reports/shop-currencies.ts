import * as z from "zod/mini";
import { runSql } from "../internal/run-sql";

/** A table of orders is read once for a file of them; no page asks this. */
const sql = `select distinct currency from "Order" where "shopId" = $1 order by currency`;

/** Every currency in which this shop was ever paid. */
export async function loadShopCurrencies(shopId: string): Promise<string[]> {
  const rows = z.array(z.object({ currency: z.string() })).parse(await runSql(sql, [shopId]));
  return rows.map(({ currency }) => currency);
}
