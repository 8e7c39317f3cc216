/** Chooses options of a list, by their indexes: their texts may be masked. */
import type { ActRefusal } from "@/lib/protocol/mirror";
import { realmOf } from "./realm";

export function choose(element: HTMLElement, indexes: readonly number[]): ActRefusal | null {
  const realm = realmOf(element);
  if (realm === null) return "gone";
  if (!(element instanceof realm.HTMLSelectElement)) return "failed";
  if (indexes.some((index) => element.options[index]?.disabled ?? true)) return "gone";
  if (!element.multiple && indexes.length !== 1) return "failed";
  element.focus();
  for (const [index, option] of [...element.options].entries()) option.selected = indexes.includes(index);
  element.dispatchEvent(new realm.Event("input", { bubbles: true, composed: true }));
  element.dispatchEvent(new realm.Event("change", { bubbles: true }));
  return null;
}
