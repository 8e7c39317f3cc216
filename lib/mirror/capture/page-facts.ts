/** What holds for the page as a whole: its window, its address, its title. */
import type { PageFacts } from "../wire/page-message";
import type { Context } from "./context";

export function readPageFacts({ view, dom, gate, policy, isTooHeavy }: Context): PageFacts {
  const { document } = view;
  const html = dom.html(document);
  const isPrivate = policy.masksAll || policy.mode !== "default";
  return {
    w: view.innerWidth,
    h: view.innerHeight,
    url: gate.pageAddress(dom.url(document)).value,
    title: gate.title(dom.title(document), html ? gate.enter(html, 0) : 0).value,
    mode: isTooHeavy ? "too-heavy" : isPrivate ? "allow-list" : "default",
  };
}

export const samePage = (one: PageFacts | null, other: PageFacts): boolean =>
  one !== null &&
  one.w === other.w &&
  one.h === other.h &&
  one.url === other.url &&
  one.title === other.title &&
  one.mode === other.mode;
