/** Presses one of the few keys that lead through a page. Enter never sends a form: that is the customer's. */
import type { ActRefusal, MirrorAct } from "@/lib/protocol/mirror";
import { isBindingWord } from "./binding-words";
import { realmOf } from "./realm";

export function pressKey(
  element: HTMLElement,
  key: Extract<MirrorAct, { type: "key" }>["key"],
): ActRefusal | null {
  const realm = realmOf(element);
  if (realm === null) return "gone";
  const isField = element instanceof realm.HTMLInputElement;
  const isButton = element instanceof realm.HTMLButtonElement;
  if (key === "Enter" && (isField || isButton) && element.form !== null) return "submit";
  if (key === "Enter" && isBindingWord(element.textContent ?? "")) return "needs-customer";
  const event = { key, code: key, bubbles: true, cancelable: true, composed: true, view: realm };
  element.dispatchEvent(new realm.KeyboardEvent("keydown", event));
  element.dispatchEvent(new realm.KeyboardEvent("keyup", event));
  return null;
}
