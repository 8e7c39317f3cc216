/**
 * Goes ahead of what is told: finds fields, shadow roots and frames in what is new, so that what stands in protected fields
 * is known, and what is styled, before anything that may repeat it is told. In steps, since pages are large.
 */
import type { Context } from "./context";
import { isElement, type Root } from "./page-dom";

const FIELD = /^(input|textarea|select)$/;
/** Elements looked at in one step. */
const STEP = 256;

/** @param onRoot for each document and shadow root: whoever watches it from now on */
export function* scout(context: Context, from: Node, onRoot: (root: Root) => void): Generator<void> {
  const { dom, gate, fields } = context;
  const waiting: Node[] = [from];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const inside = dom.all(node, "*");
    const elements = isElement(dom, node) ? [node, ...inside] : inside;
    let looked = 0;
    for (const element of elements) {
      if (looked++ % STEP === 0) yield;
      if (FIELD.test(dom.tag(element))) fields.add(element, gate);
      const inner = dom.shadow(element) ?? context.closedRoots.get(element) ?? dom.frame(element);
      if (!inner) continue;
      onRoot(inner);
      yield* learn(context, inner);
      waiting.push(inner);
    }
  }
}

/** Tells the gate what the sheets of a document or shadow root select on. */
export function* learn(context: Context, root: Root): Generator<void> {
  const { dom } = context;
  const sources = [...dom.adopted(root)];
  for (const owner of dom.all(root, "style,link")) {
    const source = dom.sheetOf(owner);
    if (source) sources.push(source);
  }
  for (const source of sources) yield* context.sheets.learn(context, source, dom.baseURI(root));
}
