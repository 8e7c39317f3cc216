/** Pages of one paper lie on the panel one after the other; nothing else ties them together. */
import type { Item } from "./schema";

/**
 * The page before or after; null where there is none, or it was taken off the panel.
 * @param items in their order on the panel
 */
export function pageBeside(items: readonly Item[], item: Item, by: 1 | -1): Item | null {
  const { page } = item;
  const beside = page && items[items.findIndex(({ id }) => id === item.id) + by];
  const next = beside?.page;
  const same = page && next && next.of === page.of && next.number === page.number + by;
  return beside && same && beside.addedBy === item.addedBy ? beside : null;
}
