/** The rules of a style sheet as text, with those of imported sheets in their place. */
import type { SourceRule } from "./sent-sheet";

/** Sheets imported by one another. */
const MAX_IMPORTS = 20;
/** Rules of one sheet: the largest frameworks have 20,000. */
const MAX_RULES = 50_000;

/** @returns null for a sheet of another origin, which the page itself may not read */
export function readRules(sheet: CSSStyleSheet, base: string, depth = 0): SourceRule[] | null {
  let rules: CSSRuleList;
  try {
    rules = sheet.cssRules;
  } catch {
    return null;
  }
  const own = sheet.href ?? base;
  const read: SourceRule[] = [];
  for (let i = 0; i < rules.length && i < MAX_RULES; i++) {
    const rule = rules[i];
    if (!rule) continue;
    if (isImport(rule)) {
      const inner =
        rule.styleSheet && depth < MAX_IMPORTS ? readRules(rule.styleSheet, own, depth + 1) : null;
      for (const { css, base } of inner ?? []) read.push({ css: wrap(css, rule), base });
    } else read.push({ css: rule.cssText, base: own });
  }
  return read;
}

const isImport = (rule: CSSRule): rule is CSSImportRule => "styleSheet" in rule;

/** An import's conditions hold for every rule of its sheet. */
function wrap(css: string, { layerName, supportsText, media }: CSSImportRule): string {
  let wrapped = css;
  if (layerName !== null && layerName !== undefined) wrapped = `@layer ${layerName}{${wrapped}}`;
  if (supportsText) wrapped = `@supports (${supportsText}){${wrapped}}`;
  return media.length > 0 ? `@media ${media.mediaText}{${wrapped}}` : wrapped;
}
