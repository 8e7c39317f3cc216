/** An adapter that remembers what it heard, for as long as each kind of answer is worth it; of people it remembers nothing. */
import { createAnswerMemory } from "./answer-memory";
import type { AdapterInfo, CatalogueAdapter, Fresh, LivePage, LiveProduct, PlatformAdapter } from "./port";

/** An agent's search is typed letter by letter and gone through page by page: half a minute. */
const SEARCH = { freshMs: 30_000, maxAnswers: 150, maxChars: 6_000_000 };
/** Prices and stock are asked anew before anything goes into a cart. */
const PRODUCT = { freshMs: 30_000, maxAnswers: 300, maxChars: 3_000_000 };
const RELATED = { freshMs: 300_000, maxAnswers: 100, maxChars: 2_000_000 };
const INFO = { freshMs: 60_000, maxAnswers: 1, maxChars: 100_000 };

export function withMemory(platform: PlatformAdapter, now: () => number = Date.now): CatalogueAdapter {
  const searches = createAnswerMemory<LivePage>(SEARCH, now);
  const products = createAnswerMemory<LiveProduct | null>(PRODUCT, now);
  const related = createAnswerMemory<readonly LiveProduct[]>(RELATED, now);
  const infos = createAnswerMemory<AdapterInfo>(INFO, now);
  const ask = async <T>(asked: Promise<T>): Promise<Fresh<T>> => ({
    value: await asked,
    asOf: new Date(now()),
    stale: false,
  });
  // Taken once: what a platform does not offer, its adapter does not have.
  const { related: askRelated, cart, customer, orders, orderDetails, ...rest } = platform;
  return {
    ...rest,
    info: () => infos.get("info", () => platform.info()),
    search: (query) => searches.get(JSON.stringify(query), () => platform.search(query)),
    product: (id) => products.get(id, () => platform.product(id)),
    ...(askRelated && { related: (id: string) => related.get(id, () => askRelated(id)) }),
    ...(cart && { cart: (who) => ask(cart(who)) }),
    ...(customer && { customer: (who) => ask(customer(who)) }),
    ...(orders && { orders: (who) => ask(orders(who)) }),
    ...(orderDetails && { orderDetails: (who, reference) => ask(orderDetails(who, reference)) }),
  };
}
