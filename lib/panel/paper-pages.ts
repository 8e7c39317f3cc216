/** Pages of one paper lie on the panel one after the other; nothing else ties them together. */
import type { Item } from "./schema";

/**
 * The page before or after, past those that could not be read or were taken off the panel; null where there is none.
 * @param items in their order on the panel
 */
export function pageBeside(items: readonly Item[], item: Item, by: 1 | -1): Item | null {
  const { page } = item;
  const beside = page && items[items.findIndex(({ id }) => id === item.id) + by];
  const next = beside?.page;
  const same = page && next && next.of === page.of && (next.number - page.number) * by > 0;
  return beside && same && beside.addedBy === item.addedBy ? beside : null;
}
