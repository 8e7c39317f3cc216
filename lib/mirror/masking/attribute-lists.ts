/** Attributes by what becomes of them. What stands in no list does not leave. */

/**
 * layout: as it is (class names and the like) · shape: numbers and keywords of a drawing · words: as the text around · state: only a keyword · number: only a number
 * · link, image, images, fragment: addresses · style: CSS
 */
export type AttributeKind =
  | "layout"
  | "shape"
  | "words"
  | "state"
  | "number"
  | "link"
  | "image"
  | "images"
  | "fragment"
  | "style";

const kinds = (...groups: (readonly [AttributeKind, string])[]): ReadonlyMap<string, AttributeKind> => {
  const map = new Map<string, AttributeKind>();
  for (const [kind, names] of groups) for (const name of names.toLowerCase().split(" ")) map.set(name, kind);
  return map;
};

const COMMON: readonly (readonly [AttributeKind, string])[] = [
  ["layout", "class id slot part for aria-labelledby aria-describedby"],
  [
    "words",
    "title alt placeholder label summary aria-label aria-description aria-valuetext aria-roledescription",
  ],
  [
    "state",
    "dir lang hidden inert open popover contenteditable role disabled readonly required multiple type loading wrap " +
      "scope align valign clear nowrap reversed border face start span controls rules frame",
  ],
  ["number", "tabindex colspan rowspan rows cols size width height cellpadding cellspacing hspace vspace"],
  ["style", "style"],
];

export const HTML_ATTRIBUTES = kinds(
  ...COMMON,
  ["shape", "media sizes coords color bgcolor"],
  ["link", "href"],
  ["image", "src poster background"],
  ["images", "srcset"],
);

/** What somebody chose, in controls made of plain elements: told only where text is. */
export const CHOSEN_ATTRIBUTES: readonly string[] = [
  "aria-checked",
  "aria-selected",
  "aria-pressed",
  "aria-current",
];

/** Their values are what somebody has or is: as the text around, and only numbers. */
export const METER_ATTRIBUTES: readonly string[] = [
  "value",
  "min",
  "max",
  "low",
  "high",
  "optimum",
  "aria-valuenow",
  "aria-valuemin",
  "aria-valuemax",
];

export const SVG_ATTRIBUTES = kinds(
  ...COMMON,
  [
    "shape",
    "d points x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy rotate pathLength viewBox preserveAspectRatio transform " +
      "spreadMethod offset opacity orient refX refY visibility display overflow color dominant-baseline vector-effect " +
      "in in2 result operator mode values stdDeviation k1 k2 k3 k4 scale radius textLength lengthAdjust startOffset",
  ],
  ["fragment", "href xlink:href"],
);

/** The rest of a drawing's properties, by how their names begin. */
export const SVG_SHAPES =
  /^(fill|stroke|stop|flood|marker|clip|mask|font|text|letter|word|filter|gradient|pattern|primitive|paint|shape|base|num)-?[a-z]*(-[a-z]+)?$/;

export const MATH_ATTRIBUTES = kinds(
  ...COMMON,
  ["state", "display displaystyle mathvariant stretchy fence separator form linethickness accent"],
  ["number", "scriptlevel columnspan rowspan width height depth"],
);
