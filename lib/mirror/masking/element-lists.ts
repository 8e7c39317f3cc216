/** Elements by what becomes of them. What stands in no list becomes a box: a new element's secrets are not known yet. */

const list = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Never leave, nor anything in them: scripts, data for scripts, hidden copies; `title` and styles go their own ways. */
export const NEVER = list(
  "script noscript template meta link base title style datalist param track animate animatemotion " +
    "animatetransform set discard metadata handler listener",
);

export const HTML = list(
  "html head body a abbr acronym address area article aside b bdi bdo big blockquote br button caption center cite code " +
    "col colgroup data dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form h1 h2 h3 " +
    "h4 h5 h6 header hgroup hr i img input ins kbd label legend li main map mark marquee menu meter nav nobr ol " +
    "optgroup option output p picture pre progress q rp rt ruby s samp search section select selectedcontent slot " +
    "small source span strike strong sub summary sup table tbody td textarea tfoot th thead time tr tt u ul var wbr",
);

export const SVG = list(
  "svg a circle clippath defs ellipse filter foreignobject g image line lineargradient marker mask path pattern " +
    "polygon polyline radialgradient rect stop switch symbol text textpath tspan use",
);
/** Filters' parts: numbers only. `feImage` takes an address. */
export const isFilterPart = (tag: string): boolean => tag.startsWith("fe") && tag !== "feimage";

export const MATH = list(
  "math maction menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace " +
    "msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics",
);

/** Pictures that cannot be masked word by word: a box where text is masked. */
export const PICTURES = list("canvas video audio svg");
