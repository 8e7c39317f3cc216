/** Attributes that the viewer sets, and how. What stands in no list is not set. */
import { isCustom } from "./element-list";

/** word: as it is · drawn: as it is but for addresses · style: CSS · image, images: addresses of pictures · link: told, never followed · fragment: in a drawing */
export type AttributeKind = "word" | "drawn" | "style" | "image" | "images" | "link" | "fragment";

const list = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Attributes that the viewer itself sets begin so; none of a stream does. */
export const OURS = "data-vetrina-";

const COMMON = list(
  "class id slot part for title alt placeholder label summary dir lang hidden inert open popover contenteditable role " +
    "disabled readonly required multiple type wrap scope align valign clear nowrap reversed border face start span " +
    "controls rules frame tabindex colspan rowspan rows cols size width height cellpadding cellspacing hspace vspace " +
    "media sizes coords shape color bgcolor background value min max low high optimum checked selected step",
);
/** What drawings and formulas have besides are numbers and properties: none does anything but those that are judged first. */
const DRAWN = /^[a-z][a-z-]{0,40}\d?$/;
const OPEN = /^(data|aria)-[\w.:-]{1,100}$/;

/** @returns null for what is not set */
export function attributeKind(tag: string, space: 0 | 1 | 2, name: string): AttributeKind | null {
  const key = name.toLowerCase();
  if (key.startsWith("on") || key.startsWith(OURS)) return null;
  if (key === "style") return "style";
  if (OPEN.test(key)) return "word";
  if (key === "href" || key === "xlink:href") {
    if (tag === "a" || tag === "area") return "link";
    if (space !== 1) return null;
    return tag === "image" ? "image" : "fragment";
  }
  if (space !== 0) return key === "src" || !DRAWN.test(key) ? null : "drawn";
  if (key === "src") return tag === "img" || tag === "input" ? "image" : null;
  if (key === "poster") return tag === "video" ? "image" : null;
  if (key === "srcset") return tag === "img" || tag === "source" ? "images" : null;
  if (key === "background") return "image";
  if (COMMON.has(key) || (key === "name" && tag === "slot")) return "word";
  return isCustom(tag) && /^[a-z][\w-]{0,60}$/.test(key) ? "word" : null;
}
