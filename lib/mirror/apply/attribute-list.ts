/** Attributes that the viewer sets, and how. What stands in no list is not set. */
import { isCustom } from "./element-list";

/** word: as it is · style: CSS · image, images: addresses of pictures · link: told, never followed · fragment: in a drawing */
export type AttributeKind = "word" | "style" | "image" | "images" | "link" | "fragment";

const list = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Attributes that the viewer itself sets begin so; none of a stream does. */
export const OURS = "data-vetrina-";

const COMMON = list(
  "class id slot part for title alt placeholder label summary dir lang hidden inert open popover contenteditable role " +
    "disabled readonly required multiple type wrap scope align valign clear nowrap reversed border face start span " +
    "controls rules frame tabindex colspan rowspan rows cols size width height cellpadding cellspacing hspace vspace " +
    "media sizes coords shape color bgcolor background value min max low high optimum checked selected step",
);
const DRAWN = list(
  "d points x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy rotate pathlength viewbox preserveaspectratio transform " +
    "spreadmethod offset opacity orient refx refy visibility display overflow color dominant-baseline vector-effect in " +
    "in2 result operator mode values stddeviation k1 k2 k3 k4 scale radius textlength lengthadjust startoffset " +
    "clippathunits maskunits maskcontentunits gradientunits gradienttransform patternunits patterncontentunits " +
    "patterntransform filterunits primitiveunits markerwidth markerheight markerunits type basefrequency numoctaves " +
    "seed tablevalues slope intercept amplitude exponent",
);
/** Properties of drawings, by how their names begin. */
const DRAWN_PROPERTY =
  /^(fill|stroke|stop|flood|lighting|marker|clip|mask|font|text|letter|word|filter|color|paint|shape|image|alignment|baseline)(-[a-z]+){0,3}$/;
const FORMULA = list(
  "display displaystyle mathvariant stretchy fence separator form linethickness accent scriptlevel columnspan rowspan " +
    "width height depth mathsize mathcolor mathbackground",
);
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
  if (space === 1) return COMMON.has(key) || DRAWN.has(key) || DRAWN_PROPERTY.test(key) ? "word" : null;
  if (space === 2) return COMMON.has(key) || FORMULA.has(key) ? "word" : null;
  if (key === "src") return tag === "img" || tag === "input" ? "image" : null;
  if (key === "poster") return tag === "video" ? "image" : null;
  if (key === "srcset") return tag === "img" || tag === "source" ? "images" : null;
  if (key === "background") return "image";
  if (COMMON.has(key) || (key === "name" && tag === "slot")) return "word";
  return isCustom(tag) && /^[a-z][\w-]{0,60}$/.test(key) ? "word" : null;
}
