/** What may differ from what was told. Only that, and never how often: whoever falls behind skips what was in between. */
import type { SentNode } from "./sent-tree";

export interface Dirty {
  /** Known parents whose lists changed. */
  readonly lists: Set<SentNode>;
  /** New parents whose lists were never told, the next one last: so a page is told from its top. */
  readonly opening: SentNode[];
  /** Parents whose lists are told up to a child: they go on behind it, unless something changed in them. */
  readonly continuing: Map<SentNode, Node>;
  /** Attributes by name. */
  readonly attributes: Map<SentNode, Set<string>>;
  readonly restyled: Set<SentNode>;
  readonly texts: Set<SentNode>;
  readonly fields: Set<SentNode>;
  readonly sheets: Set<SentNode>;
  readonly scrolls: Set<SentNode>;
  readonly pictures: Set<SentNode>;
  readonly animations: Set<SentNode>;
  /** Taken out of its list in this slice, and not put anywhere yet. */
  readonly loose: Set<SentNode>;
  /** Anything that could change which rules hold for which element. */
  rules: boolean;
  /** Style sheets select on attributes that were not told for their sake: those of all elements are looked at again. */
  styled: boolean;
  topLayer: boolean;
  focus: boolean;
  selection: boolean;
}

export const openDirty = (): Dirty => ({
  lists: new Set(),
  opening: [],
  continuing: new Map(),
  attributes: new Map(),
  restyled: new Set(),
  texts: new Set(),
  fields: new Set(),
  sheets: new Set(),
  scrolls: new Set(),
  pictures: new Set(),
  animations: new Set(),
  loose: new Set(),
  rules: false,
  styled: false,
  topLayer: true,
  focus: true,
  selection: true,
});

export const forget = (dirty: Dirty, sent: SentNode): void => {
  for (const set of [
    dirty.lists,
    dirty.continuing,
    dirty.attributes,
    dirty.restyled,
    dirty.texts,
    dirty.fields,
    dirty.sheets,
    dirty.scrolls,
    dirty.pictures,
    dirty.animations,
  ])
    set.delete(sent);
};
