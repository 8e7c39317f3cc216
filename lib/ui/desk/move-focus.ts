/** Moves the focus to the next or previous element that fits; false at the ends, and when there is none. */
export function moveFocus(root: HTMLElement, selector: string, step: number): boolean {
  const all = [...root.querySelectorAll<HTMLElement>(selector)];
  const current = all.findIndex((element) => element.contains(document.activeElement));
  const next = all[current === -1 ? (step > 0 ? 0 : all.length - 1) : current + step];
  next?.focus();
  return next !== undefined;
}
