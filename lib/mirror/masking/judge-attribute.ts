/** Attributes, by list; what they say follows the level of the text around them. */
import { linkAddress } from "./addresses";
import {
  type AttributeKind,
  CHOSEN_ATTRIBUTES,
  HTML_ATTRIBUTES,
  MATH_ATTRIBUTES,
  METER_ATTRIBUTES,
  SVG_ATTRIBUTES,
  SVG_SHAPES,
} from "./attribute-lists";
import type { GateContext } from "./gate-context";
import { judgeCss } from "./judge-css";
import { judgeImage, judgeSrcset } from "./judge-image";
import { maskReason } from "./mask-reason";
import { maskText } from "./mask-text";
import { DENY, EDIT, HIDE, type Scope } from "./scope";
import { dropped, masked, shown, type Verdict } from "./verdict";

const LISTS = { html: HTML_ATTRIBUTES, svg: SVG_ATTRIBUTES, math: MATH_ATTRIBUTES };
const IMAGE_OWNERS: readonly string[] = [
  "img",
  "input",
  "video",
  "table",
  "td",
  "th",
  "body",
  "source",
  "image",
];
const KEYWORDS = /^([a-z][a-z_ -]{0,40}|\d{1,4})?$/i;
/** States of controls made of plain elements. Others leave if a style sheet names them. */
const SWITCH = /^(true|false|mixed|[0-9]{1,2})$/;
const NUMBER = /^-?\d{0,6}(\.\d{1,6})?(px|%|r?em)?$/;
/** Numbers, keywords and references into the same drawing. */
const SHAPE = /^[\w\s.,%#()+:;/*'"<>=-]*$/;

export function judgeAttribute(
  context: GateContext,
  element: Element,
  name: string,
  value: string,
  around: Scope,
): Verdict {
  const { reader, policy, styled } = context;
  const tag = reader.tag(element);
  // A text field's own words are its page's; what is typed stands inside it.
  const scope = tag === "textarea" ? around & ~(EDIT | DENY) : around;
  if (policy.mode === "off") return dropped("mirror off");
  if (scope & HIDE) return dropped("hide rule");
  const key = name.toLowerCase();
  if (key.startsWith("on") || key === "srcdoc" || key === "nonce") return dropped("never leaves");
  const reason = maskReason(policy, scope);
  if (METER_ATTRIBUTES.includes(key) && (key.startsWith("aria-") || tag === "progress" || tag === "meter")) {
    if (reason) return dropped(reason);
    return NUMBER.test(value) ? shown(value) : dropped("not listed");
  }
  if (CHOSEN_ATTRIBUTES.includes(key) && reason) return dropped(reason);
  const space = reader.space(element);
  const listed =
    space === "other" ? undefined : tag === "slot" && key === "name" ? "layout" : LISTS[space].get(key);
  const kind = listed ?? (space === "svg" && SVG_SHAPES.test(key) ? "shape" : undefined);
  if (kind) return judgeKind(context, kind, element, tag, value, scope);
  if (key.startsWith("aria-") && SWITCH.test(value)) return shown(value);
  const mayBeStyled = /^(data|aria)-/.test(key) || (tag.includes("-") && space === "html");
  const told = mayBeStyled ? styled.told(key, value) : null;
  return told === null ? dropped("not listed") : shown(context.taint.clean(told, true), "design");
}

function judgeKind(
  context: GateContext,
  kind: AttributeKind,
  element: Element,
  tag: string,
  value: string,
  scope: Scope,
): Verdict {
  const reason = maskReason(context.policy, scope);
  const says = (told: string) => (told === value ? shown(value) : masked(told, "echo of a field"));
  switch (kind) {
    case "layout":
      return value.includes("@") && !value.includes(":")
        ? dropped("not listed")
        : says(context.taint.clean(value, true));
    case "shape":
      if (!SHAPE.test(value) || /url\((?!\s*['"]?#)/i.test(value)) return dropped("not listed");
      return says(context.taint.clean(value, true));
    case "words":
      return reason ? masked(maskText(value), reason) : says(context.taint.clean(value));
    case "state":
      return KEYWORDS.test(value) ? says(context.taint.clean(value, true)) : dropped("not listed");
    case "number":
      return NUMBER.test(value) ? shown(value) : dropped("not listed");
    case "style":
      return judgeCss(context, value, scope, "inline");
    case "link":
      if (tag !== "a" && tag !== "area") return dropped("not listed");
      return judgeLink(context, value, scope);
    case "fragment":
      if (tag === "a") return judgeLink(context, value, scope);
      if (tag === "image") return judgeImage(context, value, scope);
      return value.startsWith("#") ? shown(value) : dropped("not listed");
    case "image":
    case "images":
      if (
        !IMAGE_OWNERS.includes(tag) ||
        (tag === "video" && context.reader.attribute(element, "src") === value)
      )
        return dropped("not listed");
      return kind === "image" ? judgeImage(context, value, scope) : judgeSrcset(context, value, scope);
  }
}

function judgeLink(context: GateContext, value: string, scope: Scope): Verdict {
  const reason = maskReason(context.policy, scope);
  if (reason) return masked("#", reason);
  const told = linkAddress(value, context.addresses);
  return told === value ? shown(told) : masked(told, "query or token");
}
