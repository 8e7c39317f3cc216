/** Everything on a page that would leave unmasked and looks as if it should not. */
import { isSecretName } from "../masking/secret-words";
import type { Verdict } from "../masking/verdict";
import { isAccepted, pathOf } from "./element-path";
import type { Finding, FindingReason } from "./finding";
import { findPersonal, type PersonalText } from "./personal-text";
import { type Told, type Walk, type WalkedPage, walkPage } from "./walk-page";

export interface Leaks {
  readonly walk: Walk;
  readonly told: Record<"shown" | "masked" | "dropped" | "boxed", number>;
  readonly findings: readonly Finding[];
  readonly more: number;
}

/** Findings listed of one page: nobody reads more before the first are mended. */
const MAX_FINDINGS = 200;
/** Characters of a text that may be a greeting whose name stands in the next element. */
const MAX_GREETING_CHARS = 40;
/** Choices that say who somebody is. */
const PERSONAL_CHOICE =
  /birth|geburt|nascita|nacimiento|naissance|gender|geschlecht|sesso|sexo|sexe\b|anrede|salutation|civilit|health|gesundheit|salute|salud|sant[eé]|religion|nationalit|staatsang|marital|familienstand/i;

export function findLeaks(page: WalkedPage, accept: readonly string[]): Leaks {
  const told = { shown: 0, masked: 0, dropped: 0, boxed: 0 };
  const findings: Finding[] = [];
  let more = 0;
  let before = "";
  const add = (
    entry: Told,
    what: Finding["what"],
    why: FindingReason,
    sample: string,
    rule: (at: string) => string,
  ) => {
    if (isAccepted(entry.element, accept)) return;
    if (findings.length >= MAX_FINDINGS) {
      more++;
      return;
    }
    const { path, selector } = pathOf(entry.element);
    findings.push({ what, name: entry.name, path, why, sample, rule: rule(selector) });
  };
  const mask = (selector: string) => JSON.stringify({ mask: [selector] });
  const personal = (entry: Told, what: Finding["what"], found: PersonalText | null, rule = mask) => {
    if (found) add(entry, what, `looks like ${found.kind}`, found.sample, rule);
  };

  const walk = walkPage(page, (entry) => {
    told[entry.verdict.as]++;
    if (entry.what === "field") return fieldFinding(entry, page, add);
    const { as, value }: Verdict =
      "value" in entry.verdict ? entry.verdict : { as: "dropped", value: "", why: "failed" };
    if (as === "dropped" || as === "boxed" || !value.trim()) return;
    switch (entry.what) {
      case "text": {
        const found = findPersonal(value) ?? (before ? findPersonal(`${before} ${value.trim()}`) : null);
        personal(entry, "text", found);
        before = !found && value.length <= MAX_GREETING_CHARS ? value.trim() : "";
        return;
      }
      case "attribute":
        // Numbers of a drawing and names of classes only look like telephone numbers.
        if (/^(alt|title|placeholder|label|summary|id|href|src|aria-[a-z]+|data-.+)$/.test(entry.name))
          personal(entry, "attribute", findPersonal(safeDecode(value)));
        return;
      case "style":
        for (const [, string = ""] of value.matchAll(/(?<!url\()"((?:[^"\\]|\\.){6,200})"/g))
          personal(entry, "style", findPersonal(string), () => '{ "mode": "allow-list" }');
        return;
      case "title":
        personal(entry, "title", findPersonal(value), () => '{ "mode": "allow-list" }');
        return;
      case "address":
        personal(entry, "address", findPersonal(safeDecode(value)), () => '{ "privatePaths": ["/…"] }');
    }
  });
  return { walk, told, findings, more };
}

function fieldFinding(
  entry: Told,
  { reader }: WalkedPage,
  add: (
    entry: Told,
    what: Finding["what"],
    why: FindingReason,
    sample: string,
    rule: (at: string) => string,
  ) => void,
): void {
  if (!("state" in entry.verdict) || entry.verdict.as !== "shown" || !entry.verdict.state) return;
  const { element } = entry;
  const names = ["name", "id", "autocomplete", "aria-label"].map(
    (name) => reader.attribute(element, name) ?? "",
  );
  const words = `${names.join(" ")} ${reader.labels(element)}`;
  const { state } = entry.verdict;
  const mask = (selector: string) => JSON.stringify({ mask: [selector] });
  if (state.kind === "text" && reader.field(element)?.type !== "submit") {
    const isButton = ["button", "reset"].includes(reader.field(element)?.type ?? "");
    if (!isButton) add(entry, "field", "what is typed here leaves: a show rule covers it", "", mask);
  } else if (state.kind !== "text" && (PERSONAL_CHOICE.test(words) || isSecretName(words))) {
    add(entry, "choice", "the choice leaves, and says something about a person", "", mask);
  }
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
