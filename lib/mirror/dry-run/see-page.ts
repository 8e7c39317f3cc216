/** What an agent would see of a page and where she could act, element by element, by one set of rules. Runs in the page. */
import { readAhead, type WalkedPage, walkNodes } from "../lint/walk-page";
import { maskReason } from "../masking/mask-reason";
import type { Policy } from "../masking/policy";
import type { Sight, SightCounts } from "./dry-run-port";

export interface SeenPage {
  /** Of elements that have words, a state or a picture of their own, and of those that are boxes; nothing inside a box. */
  readonly sights: ReadonlyMap<Element, Sight>;
  /** Whether agents may act on a link, a button or a field. */
  readonly acts: ReadonlyMap<Element, boolean>;
  readonly maskedTexts: readonly Node[];
  /** The document, and those of frames and open shadow roots: where rules match. */
  readonly roots: readonly (Document | ShadowRoot)[];
  /** A limit ended the look before the page did. */
  readonly isCut: boolean;
  /** What holds for the words in an element by rules alone, if it were no box. */
  wordsIn(element: Element): Sight;
}

const STRENGTH: Readonly<Record<Sight, number>> = { shown: 0, masked: 1, boxed: 2 };
const ACTED_ON =
  "a[href],button,input:not([type=hidden]),select,textarea,summary,[contenteditable],[role=button],[role=link]";

export function seePage(page: WalkedPage, policy: Policy): SeenPage {
  const { document, gate, reader } = page;
  const sights = new Map<Element, Sight>();
  const acts = new Map<Element, boolean>();
  const maskedTexts: Node[] = [];
  const roots: (Document | ShadowRoot)[] = [document];
  const add = (element: Element, sight: Sight) => {
    const known = sights.get(element);
    if (known === undefined || STRENGTH[sight] > STRENGTH[known]) sights.set(element, sight);
  };
  readAhead(page);
  const { isCut } = walkNodes(page, {
    onElement(element, scope) {
      const field = gate.field(element, scope);
      if (field && reader.field(element)?.type !== "hidden")
        add(element, field.as === "shown" ? "shown" : "masked");
      else if (reader.tag(element) === "img") add(element, "shown");
      if (reader.matches(element, ACTED_ON)) acts.set(element, gate.control(element, scope).allowed);
      const inner = reader.shadow(element) ?? reader.frame(element);
      if (inner) roots.push(inner);
    },
    onText(text, parent, scope) {
      const words = reader.text(text);
      if (!/\S/.test(words)) return;
      const isShown = gate.text(words, scope).as === "shown";
      add(parent, isShown ? "shown" : "masked");
      if (!isShown) maskedTexts.push(text);
    },
    onKept(element, _scope, { as }) {
      // What is dropped instead (scripts, comments, templates) nobody sees on the page either.
      if (as === "boxed") add(element, "boxed");
    },
  });
  return {
    sights,
    acts,
    maskedTexts,
    roots,
    isCut,
    wordsIn: (element) => (maskReason(policy, gate.scopeOf(element)) === null ? "shown" : "masked"),
  };
}

export function countSights({ sights, acts }: SeenPage): SightCounts {
  const counts = { shown: 0, masked: 0, boxed: 0, forbidden: 0 };
  for (const sight of sights.values()) counts[sight]++;
  for (const isAllowed of acts.values()) if (!isAllowed) counts.forbidden++;
  return counts;
}
