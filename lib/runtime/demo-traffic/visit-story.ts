/** One visit: pages and products looked at, one after the other, as the shop's page would tell them. */
import type { Choice } from "./choose-products";
import type { Dice } from "./dice";
import type { EventRow } from "./rows";
import type { World, WorldProduct } from "./world";

interface Look {
  readonly product: WorldProduct;
  readonly at: number;
  /** How long she stayed, milliseconds. */
  readonly stayed: number;
}

export interface Visit {
  readonly looks: readonly Look[];
  readonly events: readonly EventRow[];
  readonly endsAt: number;
}

/** Products looked at in one visit: most people leave after one or two. */
const LOOKS = [
  { value: 1, weight: 32 },
  { value: 2, weight: 27 },
  { value: 3, weight: 18 },
  { value: 4, weight: 12 },
  { value: 6, weight: 8 },
  { value: 8, weight: 3 },
] as const;
const STAYS_MS = 18_000;
const STAYS_SPREAD = 0.7;
/** On the way from one product to the next. */
const LIST_MS = 9_000;
const LIST_SHARE = 0.4;

export function visitStory(
  world: World,
  dice: Dice,
  choice: Choice,
  visitorId: string,
  startsAt: number,
): Visit {
  const events: EventRow[] = [];
  const looks: Look[] = [];
  let at = startsAt;
  const page = (url: string, title: string) => {
    events.push({
      id: dice.id(at),
      type: "page_viewed",
      source: "browser",
      visitorId,
      data: { url, title },
      at,
    });
  };
  page(world.shopUrl, "");
  at += dice.about(LIST_MS, STAYS_SPREAD);
  for (const product of choice.some(dice.weighted(LOOKS).value)) {
    if (dice.chance(LIST_SHARE)) {
      const [category = ""] = product.category.split(" > ");
      page(`${world.shopUrl}/c/${encodeURIComponent(category)}`, category);
      at += dice.about(LIST_MS, STAYS_SPREAD);
    }
    page(product.url, product.title);
    const { url, title, externalId } = product;
    const data = { url, title, image: "" };
    const seen = { visitorId, productId: product.id, externalId, data, at };
    events.push({ id: dice.id(at), type: "product_viewed", source: "browser", ...seen });
    const stayed = dice.about(STAYS_MS, STAYS_SPREAD);
    looks.push({ product, at, stayed });
    at += stayed;
  }
  return { looks, events, endsAt: at };
}
