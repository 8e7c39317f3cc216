import type { ShopId } from "@/lib/protocol/ids";
import { ownCatalogue } from "../catalogue-view";
import { createFeedAdapter } from "./feed/create-feed-adapter";
import { findLive } from "./live-connection";
import type { CatalogueAdapter } from "./port";
import { withMemory } from "./with-memory";

/** The adapter of a shop: that of its connection; our own tables where there is none. @throws ConnectionProblem sealed */
export async function openAdapter(shopId: ShopId): Promise<CatalogueAdapter> {
  const live = await findLive(ownCatalogue(shopId));
  return live?.adapter ?? withMemory(createFeedAdapter(shopId));
}
