/**
 * How things look, as rules that need no sheet of the page: what the browser computed, as far as it differs from nothing at all.
 * Shadow roots, layers, adopted sheets, media and half-way animations are all in that already. Things that look alike share a
 * rule.
 */
import type { InnerBytes } from "./inner-bytes";

export interface Looks {
  /** @returns a class */
  of(element: Element, style: CSSStyleDeclaration): string;
  /** All rules, those first that take every browser's own look away. */
  rules(): string;
}

/** Class of what holds the whole copy. */
export const COPY = "vetrina-copy";

/**
 * Said twice (by flow and by side), about time and scrolling, or about what a picture does not do. Right and bottom follow from
 * left, top and size.
 */
const LEFT_OUT = [
  /(^|-)(block|inline)(-|$)/,
  /^border-(start|end)-(start|end)-radius$/,
  /^(-webkit-)?(animation|transition)/,
  /^(scroll|overscroll|view-transition|view-timeline|anchor|position-|timeline|container|caret|interactivity|--)/,
  /^(right|bottom|cursor|pointer-events|will-change|user-select|content-visibility)$/,
  /^(transform|perspective)-origin$/,
];
/** What computed styles say of a border that the page has left to the browser. */
const BROWSER_BORDER = /^(inset|outset)$/;
const MADE = ["::before", "::after"] as const;

/** @param page any document of ours: it is only asked what nothing looks like */
export function openLooks(page: Document, bytes: InnerBytes): Looks {
  const { names, initial, followsColor } = readInitial(page);
  const classes = new Map<string, string>();
  let text = "";

  const tell = (style: CSSStyleDeclaration): string => {
    const { color } = style;
    let told = "";
    for (const name of names) {
      const value = style.getPropertyValue(name);
      if (value === (followsColor.has(name) ? color : initial.get(name))) continue;
      told += `${name}:${value.includes("url(") ? bytes.inCss(value) : exact(name, value)};`;
    }
    const { transform, rotate, scale, perspective } = style;
    if ([transform, rotate, scale].some((value) => value && value !== "none"))
      told += `transform-origin:${style.transformOrigin};`;
    // Fields as the browser draws them: a picture has nobody who would, and falls back on how they looked in 1996.
    if (style.appearance !== "none" && BROWSER_BORDER.test(style.borderTopStyle))
      told += "border-style:solid;border-color:rgb(118,118,118);";
    if (perspective && perspective !== "none") told += `perspective-origin:${style.perspectiveOrigin};`;
    return told;
  };

  const lookOf = (element: Element, pseudo: string): CSSStyleDeclaration | undefined =>
    element.ownerDocument.defaultView?.getComputedStyle(element, pseudo);

  return {
    of(element, style) {
      const parts: (readonly [pseudo: string, declarations: string])[] = [["", tell(style)]];
      for (const pseudo of MADE) {
        const look = lookOf(element, pseudo);
        if (look && look.content !== "none" && look.content !== "normal") parts.push([pseudo, tell(look)]);
      }
      if (style.display === "list-item") parts.push(["::marker", tellSome(lookOf(element, "::marker"))]);
      if (element.getAttribute("placeholder"))
        parts.push(["::placeholder", tellSome(lookOf(element, "::placeholder"))]);
      const key = parts.join();
      const known = classes.get(key);
      if (known !== undefined) return known;
      const name = `v${classes.size}`;
      classes.set(key, name);
      text += parts.map(([pseudo, declarations]) => `.${name}${pseudo}{${declarations}}\n`).join("");
      return name;
    },
    rules() {
      const all = ["", ...MADE].map((pseudo) => `.${COPY} *${pseudo}`);
      return `.${COPY},${all.join()}{all:initial}\n${text}`;
    },
  };
}

/** Of a bullet or a hint in a field: those follow what is around them, but for these. */
function tellSome(look: CSSStyleDeclaration | undefined): string {
  if (!look) return "";
  const made = look.content && look.content !== "normal" && !look.content.includes("url(");
  return `color:${look.color};opacity:${look.opacity || 1};${made ? `content:${look.content};` : ""}`;
}

/** Browsers count in 64ths of a pixel and write six digits: a text that just fits would break its line. */
const exact = (name: string, value: string): string =>
  name !== "width" && name !== "height"
    ? value
    : value.replace(/^(\d+\.\d+)px$/, (_, pixels) => `${Math.round(Number(pixels) * 64) / 64}px`);

/** A colour that nothing has by itself. */
const ODD = "rgb(1, 2, 3)";
/** What words have that nobody gave a colour. */
const BLACK = "rgb(0, 0, 0)";

function readInitial(page: Document) {
  const nothing = page.createElement("vetrina-nothing");
  nothing.style.all = "initial";
  nothing.style.color = ODD;
  page.body.append(nothing);
  const style = page.defaultView?.getComputedStyle(nothing);
  const names = [...(style ?? [])].filter((name) => !LEFT_OUT.some((pattern) => pattern.test(name)));
  const initial = new Map(names.map((name) => [name, style?.getPropertyValue(name) ?? ""]));
  // Borders, outlines, lines under words: as the words are.
  const followsColor = new Set(names.filter((name) => name !== "color" && initial.get(name) === ODD));
  initial.set("color", BLACK);
  nothing.remove();
  return { names, initial, followsColor };
}
