/**
 * Puts a text into a field as if it were typed. Frameworks listen to the platform's own setter and to `input`; a value
 * that is only assigned on the element is taken back by a controlled field.
 */
import type { ActRefusal } from "@/lib/protocol/mirror";
import { type Realm, realmOf } from "./realm";

/** Inputs into which text is typed; the others have a window of their own, or are pressed. */
const TYPED = new Set(["text", "search", "url", "tel", "email", "number"]);

export function typeText(element: HTMLElement, text: string): ActRefusal | null {
  const realm = realmOf(element);
  if (realm === null) return "gone";
  if (element.isContentEditable) return typeInPlace(element, text);
  const isInput = element instanceof realm.HTMLInputElement;
  if (!isInput && !(element instanceof realm.HTMLTextAreaElement)) return "needs-customer";
  if (isInput && !TYPED.has(element.type)) return "needs-customer";
  if (element.readOnly) return "no-control";
  element.focus();
  const most = element.maxLength >= 0 ? element.maxLength : text.length;
  setValue(realm, element, text.slice(0, most));
  element.dispatchEvent(
    new realm.InputEvent("input", {
      bubbles: true,
      composed: true,
      inputType: "insertReplacementText",
      data: text,
    }),
  );
  tellChangeOnBlur(realm, element);
  return null;
}

function setValue(realm: Realm, element: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const prototype =
    element instanceof realm.HTMLInputElement
      ? realm.HTMLInputElement.prototype
      : realm.HTMLTextAreaElement.prototype;
  const set = Object.getOwnPropertyDescriptor(prototype, "value")?.set;
  if (set) Reflect.apply(set, element, [text]);
}

const waiting = new WeakSet<Element>();

/** Browsers send `change` on leaving only after what a hand typed. */
function tellChangeOnBlur(realm: Realm, element: HTMLElement): void {
  if (waiting.has(element)) return;
  waiting.add(element);
  element.addEventListener(
    "blur",
    () => {
      waiting.delete(element);
      element.dispatchEvent(new realm.Event("change", { bubbles: true }));
    },
    { once: true },
  );
}

/** Editors keep their own model, and follow the browser's own editing only. */
function typeInPlace(element: HTMLElement, text: string): ActRefusal | null {
  const { ownerDocument } = element;
  element.focus();
  ownerDocument.getSelection()?.selectAllChildren(element);
  return ownerDocument.execCommand("insertText", false, text) ? null : "failed";
}
