/** The typefaces that the copied words are set in, as far as the page brought them itself. */
import type { FlatNode } from "./flat-tree";
import type { InnerBytes } from "./inner-bytes";

/** Rules of all groups in sheets looked through: frameworks have some ten thousand. */
const MAX_RULES = 100_000;

/** @param families as computed: lists of names @returns their `@font-face` rules, as text */
export function listFaces(
  nodes: readonly FlatNode[],
  families: ReadonlySet<string>,
  bytes: InnerBytes,
): string {
  const used = new Set([...families].flatMap((list) => list.split(",").map(nameOf)));
  // A face that a shadow root brings counts nowhere: browsers only take those of documents.
  const documents = new Set(nodes.map(({ node }) => node.ownerDocument));
  const faces = new Set<string>();
  const waiting: CSSRule[] = [];
  const add = (rules: CSSRuleList) => {
    for (const rule of [...rules].toReversed()) waiting.push(rule);
  };
  for (const { adoptedStyleSheets } of documents)
    for (const sheet of adoptedStyleSheets.toReversed()) if (!sheet.disabled) add(sheet.cssRules);
  for (let looked = 0; looked < MAX_RULES; looked++) {
    const rule = waiting.pop();
    if (!rule) break;
    if (isFace(rule) && used.has(nameOf(rule.style.getPropertyValue("font-family"))))
      faces.add(bytes.inCss(rule.cssText));
    if (isGroup(rule)) add(rule.cssRules);
  }
  return [...faces].map((face) => `${face}\n`).join("");
}

/** Rules belong to another window, where `instanceof` says nothing; numbers of the CSSOM do. */
const STYLE_RULE = 1;
const FACE_RULE = 5;
const isFace = (rule: CSSRule): rule is CSSFontFaceRule => rule.type === FACE_RULE;
const isGroup = (rule: CSSRule): rule is CSSGroupingRule => "cssRules" in rule && rule.type !== STYLE_RULE;
const nameOf = (family: string): string =>
  family
    .trim()
    .replace(/^["']|["']$/g, "")
    .toLowerCase();
