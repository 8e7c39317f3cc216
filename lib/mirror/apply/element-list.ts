/** Elements that the viewer builds, whatever a stream says: none that runs, loads, navigates or talks to anybody. */

/** @param words divided by spaces */
export const list = (words: string): ReadonlySet<string> => new Set(words.split(" "));

const HTML = list(
  "html head body a abbr acronym address area article aside audio b bdi bdo big blockquote br button canvas caption " +
    "center cite code col colgroup data dd del details dfn dialog dir div dl dt em fieldset figcaption figure font " +
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr i iframe img input ins kbd label legend li main map mark marquee " +
    "menu meter nav nobr ol optgroup option output p picture pre progress q rp rt ruby s samp search section select " +
    "selectedcontent slot small source span strike strong sub summary sup table tbody td textarea tfoot th thead time " +
    "tr tt u ul var video wbr",
);
const SVG = list(
  "svg a circle clippath defs ellipse filter foreignobject g image line lineargradient marker mask path pattern " +
    "polygon polyline radialgradient rect stop switch symbol text textpath tspan use",
);
/** Filters' parts are numbers; only `feImage` takes an address. */
const FILTER = /^fe(?!image)[a-z]+$/;
/** Nothing in MathML's own names runs or loads; `annotation-xml` would hold anything. */
const MATH = /^(m[a-z]+|semantics)$/;

export const SPACES = [
  "http://www.w3.org/1999/xhtml",
  "http://www.w3.org/2000/svg",
  "http://www.w3.org/1998/Math/MathML",
] as const;

/** A shop's own elements: no more than a name here, nothing defines them. */
export const isCustom = (tag: string): boolean =>
  /^[a-z][\w.]*-[\w.-]*$/.test(tag) && !tag.startsWith("vetrina-");

export function mayBuild(tag: string, space: 0 | 1 | 2): boolean {
  switch (space) {
    case 0:
      return HTML.has(tag) || isCustom(tag);
    case 1:
      return SVG.has(tag.toLowerCase()) || FILTER.test(tag.toLowerCase());
    case 2:
      return MATH.test(tag);
  }
}
