import { nameStorefronts } from "@/lib/catalogue/storefronts/storefronts";
import { openCataloguePage } from "../catalogue-frame";
import { ConnectFeed } from "../connect-feed";

/** A new feed: where it is, how it is read, import. */
export default async function NewSourcePage() {
  const { shop, frame } = await openCataloguePage("/settings/catalogue/new");
  const reading = { format: null, mapping: null, currency: shop.currency, locale: shop.locale };
  const storefronts = await nameStorefronts(shop.shopId);
  return frame(<ConnectFeed reading={reading} storefronts={storefronts} source={null} />);
}
