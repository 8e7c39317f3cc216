/** A click as a page expects one: the whole row of events that a finger or a mouse would cause. */
import type { Target } from "./find-target";
import { realmOf } from "./realm";

export function press({ element, x, y }: Target): void {
  const realm = realmOf(element);
  if (realm === null) return;
  const at = { bubbles: true, cancelable: true, composed: true, clientX: x, clientY: y, view: realm };
  const pointer = { ...at, pointerId: 1, pointerType: "mouse", isPrimary: true };
  const down = { buttons: 1, detail: 1 };
  element.dispatchEvent(new realm.PointerEvent("pointerover", pointer));
  element.dispatchEvent(new realm.MouseEvent("mouseover", at));
  element.dispatchEvent(new realm.PointerEvent("pointermove", pointer));
  element.dispatchEvent(new realm.MouseEvent("mousemove", at));
  element.dispatchEvent(new realm.PointerEvent("pointerdown", { ...pointer, ...down }));
  const mayFocus = element.dispatchEvent(new realm.MouseEvent("mousedown", { ...at, ...down }));
  // A page that prevents mousedown keeps the focus where it is.
  if (mayFocus)
    element
      .closest<HTMLElement>("a[href],button,input,select,textarea,[tabindex],[contenteditable]")
      ?.focus();
  element.dispatchEvent(new realm.PointerEvent("pointerup", pointer));
  element.dispatchEvent(new realm.MouseEvent("mouseup", { ...at, detail: 1 }));
  element.click();
}
