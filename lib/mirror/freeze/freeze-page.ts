/**
 * One picture of what the agent sees of a customer's page: made of the replica, which holds nothing that the gate has not let
 * through, and never of her page. It asks nobody but her browser, for the bytes of pictures that it has told.
 */
import { openSlices } from "../apply/slices";
import { SVG } from "./copy-element";
import { type Copied, copyPage, type PageSize } from "./copy-page";
import { type FlatNode, listFlat } from "./flat-tree";
import { FreezeProblem } from "./freeze-problem";
import { type ByteSource, openInnerBytes } from "./inner-bytes";
import { MAX_WORK_MS } from "./limits";
import { type Caption, paintPicture } from "./paint-picture";

export interface FreezeOptions {
  /** The replica's. Nothing may change it meanwhile. */
  readonly replica: Document;
  /** The page's viewport, CSS pixels. */
  readonly size: PageSize;
  readonly caption: Caption;
  readonly bytes: ByteSource;
  /** The page is not shown any more: there will be no picture. */
  readonly signal: AbortSignal;
}

/** @throws FreezeProblem */
export async function freezePage(options: FreezeOptions): Promise<Blob> {
  const { replica, size, caption, signal, bytes: source } = options;
  const slices = openSlices();
  const bytes = openInnerBytes(source);
  const stopIfGone = () => {
    if (signal.aborted) throw new FreezeProblem("gone");
  };
  let left = MAX_WORK_MS;
  const run = async (steps: Generator<void>) => {
    const worked = await slices.run(steps, (spent) => spent < left && !signal.aborted);
    stopIfGone();
    if (worked === null) throw new FreezeProblem("too-large");
    left -= worked;
  };
  try {
    stopIfGone();
    const nodes: FlatNode[] = [];
    await run(listFlat(replica, nodes));
    const copied: Copied = { drawing: document.implementation.createDocument(SVG, "svg"), rules: "" };
    await run(copyPage(replica, nodes, size, bytes, copied));
    const text = await bytes.fill(writeXml(copied), signal);
    stopIfGone();
    const picture = await paintPicture(text, size, caption);
    stopIfGone();
    return picture;
  } finally {
    slices.close();
    source.letGo();
  }
}

/** Without what XML has no word for, and halves of letters that no address can hold. */
function writeXml({ drawing, rules }: Copied): string {
  const sheet = rules.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return (
    new XMLSerializer()
      .serializeToString(drawing)
      // As a function: what stands in rules means nothing to `replace`.
      .replace("<foreignObject", (holder) => `<style>${sheet}</style>${holder}`)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "")
  );
}
