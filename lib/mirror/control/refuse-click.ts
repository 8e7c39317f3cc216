/** Clicks that are not the agent's to make, whoever granted what. */
import type { ActRefusal } from "@/lib/protocol/mirror";
import { isBindingWord } from "./binding-words";
import type { ActPlace } from "./perform-act";
import { realmOf } from "./realm";

/** Fields whose own window only a hand can open. */
const OWN_WINDOW = new Set(["file", "color", "date", "datetime-local", "month", "week", "time"]);
/** Characters of a button's text that are read: longer is no button. */
const MAX_LABEL_CHARS = 200;

export function refuseClick(element: HTMLElement, place: ActPlace): ActRefusal | null {
  const realm = realmOf(element);
  if (realm === null) return "gone";
  const label = element.closest("label");
  const pressed =
    label?.control ?? element.closest<HTMLElement>("button,input,a,summary,[role=button]") ?? element;
  if (pressed instanceof realm.HTMLInputElement || pressed instanceof realm.HTMLButtonElement) {
    if (submits(pressed)) return "submit";
    if (OWN_WINDOW.has(pressed.type)) return "needs-customer";
  }
  if (pressed instanceof realm.HTMLSelectElement) return "needs-customer";
  if (pressed instanceof realm.HTMLAnchorElement && pressed.href !== "") {
    const refusal = refuseLink(pressed, place.origins);
    if (refusal !== null) return refusal;
  }
  return isBindingWord(labelOf(pressed)) ? "needs-customer" : null;
}

/** A button that sends a form, in it or named by its `form`. */
function submits(element: HTMLInputElement | HTMLButtonElement): boolean {
  return (element.type === "submit" || element.type === "image") && element.form !== null;
}

function refuseLink(link: HTMLAnchorElement, origins: readonly string[]): ActRefusal | null {
  if (link.hasAttribute("download") || (link.target !== "" && link.target !== "_self"))
    return "needs-customer";
  const isWeb = link.protocol === "https:" || link.protocol === "http:";
  return isWeb && origins.includes(link.origin) ? null : "not-allowed-address";
}

function labelOf(element: HTMLElement): string {
  const said = element.getAttribute("aria-label") ?? "";
  const value =
    "value" in element && typeof element.value === "string" && element.tagName === "INPUT"
      ? element.value
      : "";
  return `${said} ${value} ${element.textContent ?? ""}`.slice(0, MAX_LABEL_CHARS);
}
