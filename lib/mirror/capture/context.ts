/** What the parts of a capture share. */
import type { Gate } from "../masking/gate";
import type { Policy } from "../masking/policy";
import type { Dirty } from "./dirty";
import type { Draft } from "./draft";
import type { Fields } from "./fields";
import type { PageDom, Root, View } from "./page-dom";
import type { SentTree } from "./sent-tree";
import type { Sheets } from "./sheets";

export interface Context {
  readonly view: View;
  readonly dom: PageDom;
  readonly fields: Fields;
  /** Shadow roots that scripts cannot ask for, as far as they were opened since we are here. */
  readonly closedRoots: WeakMap<Element, ShadowRoot>;
  gate: Gate;
  policy: Policy;
  /** These three begin anew with each epoch. */
  tree: SentTree;
  dirty: Dirty;
  sheets: Sheets;
  draft: Draft;
  /** More nodes or levels than are mirrored. */
  isTooHeavy: boolean;
  /** Under which viewers may ask for a picture whose address may be told. */
  readonly keyOf: (address: string) => string;
  /** Watches a document or shadow root that is to be told, and what is in it. */
  readonly meet: (root: Root) => void;
  isOurs(node: Node): boolean;
  /** Whether this slice of work may go on. */
  hasTime(): boolean;
  now(): number;
}
