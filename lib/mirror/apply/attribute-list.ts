/** Attributes that the viewer sets, and how. What stands in no list is not set. */
import { isCustom, list } from "./element-list";

/**
 * word: as it is · drawn: as it is but for addresses · style: CSS · image, images: addresses of pictures · link: told, never
 * followed · fragment: in a drawing
 */
export type AttributeKind = "word" | "drawn" | "style" | "image" | "images" | "link" | "fragment";

/** Attributes that the viewer itself sets begin so; none of a stream does. */
export const OURS = "data-vetrina-";

const COMMON = list(
  "class id slot part for title alt placeholder label dir lang hidden inert open popover contenteditable role " +
    "disabled readonly required multiple type wrap align valign clear nowrap reversed border start span " +
    "controls tabindex colspan rowspan rows cols size width height cellpadding cellspacing " +
    "media sizes coords shape color bgcolor value min max low high optimum step",
);
/** What drawings and formulas have besides are numbers and properties: none does anything but those that are judged first. */
const DRAWN = /^[a-z][a-z_-]{0,60}\d?$/;
const OPEN = /^(data|aria)-[\w.:-]+$/;

/** @returns null for what is not set */
export function attributeKind(tag: string, space: 0 | 1 | 2, name: string): AttributeKind | null {
  const key = name.toLowerCase();
  const place = `${tag} ${key}`;
  if (/^on/.test(key) || key.startsWith(OURS)) return null;
  if (key === "style") return "style";
  if (OPEN.test(key)) return "word";
  if (/^(xlink:)?href$/.test(key)) {
    if (/^(a|area)$/.test(tag)) return "link";
    return space === 1 ? (tag === "image" ? "image" : "fragment") : null;
  }
  if (space !== 0) return key !== "src" && DRAWN.test(key) ? "drawn" : null;
  if (/^(img|input) src$|^video poster$| background$/.test(place)) return "image";
  if (/^(img|source) srcset$/.test(place)) return "images";
  return COMMON.has(key) || place === "slot name" || (isCustom(tag) && DRAWN.test(key)) ? "word" : null;
}
