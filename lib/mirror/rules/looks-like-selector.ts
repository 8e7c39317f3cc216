/**
 * Whether a text has the form of a selector, where no browser is at hand to parse it: on the server. It knows the grammar
 * and not the names; the customer's browser has the last word, and masks the whole page for a selector it cannot parse.
 */
const IDENT = String.raw`-{0,2}(?:[_a-zA-Z]|[^\x00-\x7f]|\\[^\n])(?:[\w-]|[^\x00-\x7f]|\\[^\n])*`;
const NAME = String.raw`(?:[\w-]|[^\x00-\x7f]|\\[^\n])+`;
const ATTRIBUTE = String.raw`\[\s*${IDENT}\s*(?:[~|^$*]?=\s*(?:""|${NAME})\s*[isIS]?\s*)?\]`;
const SIMPLE = String.raw`(?:#${NAME}|\.${IDENT}|${ATTRIBUTE}|::?${IDENT})`;
const COMPOUND = new RegExp(String.raw`^(?:(?:${IDENT}|\*)${SIMPLE}*|${SIMPLE}+)$`);
/** Pseudo-classes whose brackets hold selectors; those of the others hold numbers, words, languages. */
const holdsSelectors = /^(?:is|not|where|has|matches|-webkit-any|-moz-any)$/i;
const innermost = /:([\w-]+)\(([^()]*)\)/;
const STRINGS = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

export function looksLikeSelector(selector: string): boolean {
  let rest = selector.replace(STRINGS, '""');
  // From the inside out: what stands in brackets is a list of selectors itself.
  for (let found = innermost.exec(rest); found; found = innermost.exec(rest)) {
    const [whole, name = "", inside = ""] = found;
    const isGood = holdsSelectors.test(name) ? isList(inside, /^has$/i.test(name)) : inside.trim() !== "";
    if (!isGood) return false;
    rest = rest.replace(whole, `:${name}`);
  }
  return isList(rest);
}

/** @param isRelative a combinator may stand first */
function isList(list: string, isRelative = false): boolean {
  return list.split(",").every((part) => {
    const chain = part.trim();
    return isChain(isRelative ? chain.replace(/^[>+~]\s*/, "") : chain);
  });
}

const isChain = (chain: string): boolean =>
  chain !== "" &&
  chain
    .replace(/\[[^\]]*\]/g, (attribute) => attribute.replace(/\s+/g, ""))
    .replace(/(?<=[^\s>+~])\s*[>+~]\s*(?=[^\s>+~])/g, " ")
    .split(/\s+/)
    .every((compound) => COMPOUND.test(compound));
