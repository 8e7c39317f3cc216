/**
 * A regular expression for whole addresses, as Genesys has it, as a pattern of paths, as we have it. Ours can say less: where
 * it cannot follow, it matches more paths: a rule that hides then hides on more pages. What an expression finds in the query
 * alone is not followed.
 */

export interface PathPattern {
  readonly path: string;
  /** It matches more addresses than the expression. */
  readonly isWider: boolean;
}

/** As the masking rules allow. */
const MAX_PATH_CHARS = 500;
const QUANTIFIER = /^(?:[*+?]|\{\d*,?\d*\})[?+]?/;
const everything: PathPattern = { path: "*", isWider: true };

export function pathPatternOf(expression: string): PathPattern {
  const source = expression.trim();
  if (source === ".*" || source === "") return { path: "*", isWider: false };
  const glob = globOf(source);
  if (glob === null) return everything;
  const path = pathOf(glob.text);
  if (path === null || path.length > MAX_PATH_CHARS) return everything;
  return { path, isWider: glob.isWider };
}

/** `*` for whatever is no plain text; null for what cannot be followed. */
function globOf(source: string): { readonly text: string; readonly isWider: boolean } | null {
  const start = source.startsWith("^");
  const end = /(?:^|[^\\])(?:\\\\)*\$$/.test(source);
  const body = source.slice(start ? 1 : 0, end ? -1 : source.length);
  let text = "";
  let isWider = false;
  for (let at = 0; at < body.length; ) {
    const piece = pieceAt(body, at);
    if (piece === null) return null;
    const quantifier = QUANTIFIER.exec(body.slice(at + piece.length))?.[0] ?? "";
    const isAny = piece.text === "." && quantifier.startsWith("*");
    if (piece.isText && quantifier === "") text += piece.text === "*" ? "?" : piece.text;
    else {
      text += "*";
      isWider ||= !isAny;
    }
    at += piece.length + quantifier.length;
  }
  // Whether the expression had to match from the beginning and to the end is nowhere said: it need not.
  return { text: `${start ? "" : "*"}${text}${end ? "" : "*"}`.replace(/\*+/g, "*"), isWider };
}

interface Piece {
  readonly text: string;
  readonly length: number;
  readonly isText: boolean;
}

function pieceAt(body: string, at: number): Piece | null {
  const char = body.charAt(at);
  if (char === "\\") {
    const escaped = body.charAt(at + 1);
    if (escaped === "") return null;
    return { text: escaped, length: 2, isText: !/[\w*]/.test(escaped) };
  }
  if (char === "[" || char === "(") {
    const length = bracketLength(body, at);
    return length === null ? null : { text: "*", length, isText: false };
  }
  // An alternative at the top means either side; brackets that close nothing, quantifiers of nothing, anchors within.
  if ("|)]{}^$*+?".includes(char)) return null;
  return { text: char, length: 1, isText: char !== "." };
}

function bracketLength(body: string, from: number): number | null {
  let depth = 0;
  let inClass = false;
  for (let at = from; at < body.length; at++) {
    const char = body.charAt(at);
    if (char === "\\") at++;
    else if (inClass) inClass = char !== "]";
    else if (char === "[") inClass = true;
    else if (char === "(") depth++;
    else if (char === ")") depth--;
    if (depth === 0 && !inClass && at > from) return at - from + 1;
    if (depth === 0 && !inClass && char === ")") return null;
  }
  return null;
}

/** What of an address' pattern is about its path; null when that cannot be told apart. */
function pathOf(glob: string): string | null {
  const scheme = glob.indexOf("://");
  const host = scheme < 0 ? 0 : scheme + 3;
  const slash = glob.indexOf("/", host);
  if (slash < 0) return null;
  const rest = glob.slice(slash);
  const query = rest.search(/[?#]/);
  const path = query < 0 ? rest : `${rest.slice(0, query)}*`;
  // Only a host that is spelled out ends where the path begins.
  const isWhole = scheme >= 0 && !glob.slice(host, slash).includes("*");
  return (isWhole ? path : `*${path}`).replace(/\*+/g, "*");
}
