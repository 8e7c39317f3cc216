"use client";
import { useEffect, useRef } from "react";

export interface DeskShortcuts {
  goTo(index: number): void;
  acceptNext(): void;
  search(): void;
  write(): void;
  /** Shows the product chosen in the catalogue; false when there is none. */
  show(alsoRecommend: boolean): boolean;
  toggleDrawer(): void;
  help(): void;
}

/** The desk's keys. Letters are left alone while somebody writes; what a field has used already is not used again. */
export function useShortcuts(shortcuts: DeskShortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
      if (act(event, current.current)) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** True when the key was ours. */
function act(event: KeyboardEvent, desk: DeskShortcuts): boolean {
  const { target } = event;
  if (event.altKey && !event.ctrlKey && !event.metaKey) {
    // The code, not the key: Alt+1 writes other signs on a Mac.
    const digit = /^Digit(\d)$/.exec(event.code)?.[1];
    if (digit === undefined) return false;
    if (digit === "0") desk.acceptNext();
    else desk.goTo(Number(digit) - 1);
    return true;
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    // In a field this key belongs to the field, but for our own search and message.
    const ours =
      target instanceof HTMLElement && /^(catalogue-search|chat-input)$/.test(target.dataset.testid ?? "");
    return (ours || !isField(target)) && desk.show(event.shiftKey);
  }
  if (event.ctrlKey || event.metaKey || isField(target)) return false;
  switch (event.key) {
    case "/":
      desk.search();
      return true;
    case "?":
      desk.help();
      return true;
    case "]":
      desk.toggleDrawer();
      return true;
    case "c":
      desk.write();
      return true;
    default:
      return false;
  }
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
