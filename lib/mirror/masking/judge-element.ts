/** Elements: which are told, which stay away, and which are only a box of their size. */
import { HTML, isFilterPart, MATH, NEVER, PICTURES, SVG } from "./element-lists";
import { maskReason } from "./mask-reason";
import type { Policy } from "./policy";
import type { DomReader } from "./read-dom";
import { HIDE, type Scope } from "./scope";
import { boxed, dropped, shown, type Verdict } from "./verdict";

export function judgeElement(reader: DomReader, policy: Policy, element: Element, scope: Scope): Verdict {
  const tag = reader.tag(element);
  if (NEVER.has(tag)) return dropped("never leaves");
  if (policy.mode === "off") return boxed("mirror off");
  if (scope & HIDE) return boxed("hide rule");
  const space = reader.space(element);
  if (space === "html" && tag === "iframe") return reader.frame(element) ? shown(tag) : boxed("other origin");
  if (PICTURES.has(tag) || tag === "img" || tag === "image") {
    const reason = maskReason(policy, scope);
    if (reason) return boxed(reason);
  }
  switch (space) {
    case "html":
      // A custom element is its shop's own: drawn by what is inside it.
      return HTML.has(tag) || PICTURES.has(tag) || tag.includes("-") ? shown(tag) : boxed("not listed");
    case "svg":
      return SVG.has(tag) || isFilterPart(tag) ? shown(tag) : boxed("not listed");
    case "math":
      return MATH.has(tag) ? shown(tag) : boxed("not listed");
    case "other":
      return boxed("not listed");
  }
}
