/**
 * Genesys' DOM restrictions (`domRestrictions`, sets of selectors for addresses) as rules of ours. What they mask we mask,
 * what they take from the agent's hand we take; of a section that we do not know, both. Nothing is declared in it, nothing
 * looked up: a document type is refused, so no entity exists but XML's own five.
 */
import { SaxesParser } from "saxes";
import { checkSelector } from "@/lib/mirror/masking/check-selector";
import { AppError } from "@/lib/protocol/errors";
import { looksLikeSelector } from "./looks-like-selector";
import { pathPatternOf } from "./uri-pattern";

/** A set lies at domRestrictions > restrictionsSet > section > element > selector. */
const MAX_DEPTH = 12;
/** Characters of a file: two hundred rules of each kind, written out long. */
const MAX_XML_CHARS = 524_288;
/** As many as the masking rules hold of a kind. */
const MAX_RULES = 200;

type Kind = "mask" | "noControl";

interface Rule {
  readonly selector: string;
  readonly path: string;
}

export interface ImportedRules {
  /** As readSiteRules takes them. */
  readonly rules: { readonly mask: readonly Rule[]; readonly noControl: readonly Rule[] };
  /** What could not be taken over as it was: addresses that now match more pages, selectors that nobody can parse. */
  readonly left: readonly string[];
}

/** What stands in one set, until all of it is known: its address may stand behind its elements. */
interface RestrictionsSet {
  patterns: string[];
  readonly elements: { readonly selector: string; readonly kinds: readonly Kind[]; readonly line: number }[];
}

/** @throws AppError bad_request with the line, when it is no well-formed file of DOM restrictions, or tries anything */
export function readGenesysXml(xml: string): ImportedRules {
  if (xml.length > MAX_XML_CHARS) throw new AppError("bad_request", `more than ${MAX_XML_CHARS} characters`);
  const rules = { mask: new Map<string, Rule>(), noControl: new Map<string, Rule>() };
  const left = new Set<string>();
  const take = (set: RestrictionsSet) => {
    const paths = (set.patterns.length > 0 ? set.patterns : [".*"]).map((pattern) => {
      const { path, isWider } = pathPatternOf(pattern);
      if (isWider) left.add(`${pattern} → ${path}`);
      return path;
    });
    for (const { selector, kinds, line } of set.elements) {
      if (checkSelector(selector, looksLikeSelector) !== null) {
        left.add(`${line}: ${selector}`);
        continue;
      }
      for (const kind of kinds) {
        for (const path of paths) rules[kind].set(`${path} ${selector}`, { selector, path });
      }
    }
  };
  readSets(xml, take);
  for (const kind of ["mask", "noControl"] as const) {
    if (rules[kind].size > MAX_RULES)
      throw new AppError("bad_request", `more than ${MAX_RULES} rules of a kind`);
  }
  return {
    rules: { mask: [...rules.mask.values()], noControl: [...rules.noControl.values()] },
    left: [...left],
  };
}

function readSets(xml: string, take: (set: RestrictionsSet) => void): void {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const path: string[] = [];
  let set: RestrictionsSet | null = null;
  let text = "";
  const refuse = (reason: string): never => {
    throw new AppError("bad_request", `line ${parser.line}: ${reason}`);
  };
  const add = (selector: string) => {
    // Sections lie below the set: which one this is in is told by the names above it.
    const kinds = kindsOf(path);
    set?.elements.push({ selector: selector.trim(), kinds, line: parser.line });
  };
  parser.on("error", (error) => refuse(error.message.replace(/^\d+:\d+:\s*/, "")));
  parser.on("doctype", () => refuse("a document type is not accepted"));
  parser.on("text", (chars) => {
    text += chars;
  });
  parser.on("cdata", (chars) => {
    text += chars;
  });
  parser.on("opentag", (tag) => {
    const name = tag.name.toLowerCase();
    if (path.length === 0 && name !== "domrestrictions") refuse("no file of DOM restrictions");
    path.push(name);
    if (path.length > MAX_DEPTH) refuse("nested too deeply");
    text = "";
    if (name === "restrictionsset") set = { patterns: [], elements: [] };
    for (const [attribute, value] of Object.entries(tag.attributes)) {
      if (name === "uritemplate" && /^(pattern|value|uri)$/i.test(attribute)) set?.patterns.push(value);
      if (/^(css)?selector$/i.test(attribute)) add(value);
    }
  });
  parser.on("closetag", () => {
    const name = path.at(-1) ?? "";
    const said = text.trim();
    text = "";
    if (said !== "" && name === "uritemplate") set?.patterns.push(said);
    else if (said !== "" && set !== null) add(said);
    path.pop();
    if (name !== "restrictionsset" || set === null) return;
    take(set);
    set = null;
  });
  parser.write(xml).close();
}

/** Of the innermost section whose name says it; both where none does. */
function kindsOf(path: readonly string[]): readonly Kind[] {
  for (const name of [...path].reverse()) {
    if (name.includes("mask")) return ["mask"];
    if (name.includes("control")) return ["noControl"];
  }
  return ["mask", "noControl"];
}
