/** What an export says and shows of one item, held to what its conversation may show (EX3). */
import type { CatalogueView } from "@/lib/catalogue/catalogue-view";
import { findCataloguePicture } from "@/lib/catalogue/find-product";
import { getDb } from "@/lib/db/client";
import type { Item } from "@/lib/panel/schema";
import type { ConversationId, ShopId } from "@/lib/protocol/ids";
import type { ItemFacts, ItemQuestion } from "./export-job";
import { loadPicture } from "./load-picture";

export interface CaptionWords {
  /** @param name of who sent it; null when nobody knows. */
  photo(name: string | null, at: Date): string;
  readonly untitled: string;
}

export interface Exported {
  readonly conversationId: ConversationId;
  readonly shopId: ShopId;
  /** Whose words its products are named in. */
  readonly view: CatalogueView;
  /** For one of the shop's people, who do not see what is covered. */
  readonly forMember: boolean;
  /** By participant id. */
  readonly names: ReadonlyMap<string, string>;
  readonly words: CaptionWords;
}

/** @throws AppError unavailable when the media store does not answer. */
export async function loadFacts(of: Exported, { item, longest }: ItemQuestion): Promise<ItemFacts> {
  return item.source === "asset" ? photoFacts(of, item, longest) : productFacts(of, item, longest);
}

async function photoFacts(of: Exported, item: Item, longest: number): Promise<ItemFacts> {
  const asset = await getDb().asset.findFirst({
    where: { id: item.assetId, conversationId: of.conversationId },
    select: { sizes: true, createdAt: true, covered: true },
  });
  const name = of.names.get(item.addedBy) ?? null;
  const caption = asset ? of.words.photo(name, asset.createdAt) : of.words.untitled;
  const hidden = asset === null || (asset.covered && of.forMember);
  const picture = hidden ? null : await loadPicture({ ...of, ...item }, asset.sizes, longest);
  return { caption: item.title === "" ? caption : `${item.title} · ${caption}`, picture };
}

async function productFacts(of: Exported, item: Item, longest: number): Promise<ItemFacts> {
  const found = await findCataloguePicture(of.view, item.assetId, item.productId);
  const picture = found && (await loadPicture({ ...of, ...item }, found.sizes, longest));
  return { caption: found?.title || item.title || of.words.untitled, picture };
}
