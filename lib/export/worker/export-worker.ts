/**
 * Runs on a thread of the export pool, bundled by the start (lib/runtime/launch/threads.mjs): reads the panel, asks for one picture at a time,
 * burns the marks in. It knows no database and no store.
 */
import { once } from "node:events";
import { createCanvas } from "@napi-rs/canvas";
import type { AskItem, ExportAnswer, ExportJob } from "../export-job";
import { MAX_EXPORT_LONGEST } from "../export-limits";
import { registerFonts } from "./fonts";
import { paintItem } from "./paint-item";
import { type ItemWithMarks, readPanel } from "./read-panel";
import { openStill, stillSize } from "./still";
import { writePaper } from "./write-paper";

export default async function exportPanel(job: ExportJob): Promise<ExportAnswer> {
  const { port, wanted, missing } = job;
  registerFonts();
  const ask: AskItem = async (question) => {
    const answered = once(port, "message");
    port.postMessage(question);
    return (await answered)[0];
  };
  try {
    const items = readPanel(job.panel);
    if (wanted.kind === "paper") {
      if (items.length === 0) return { ok: false, code: "conflict", detail: "the panel is empty" };
      return { ok: true, bytes: await writePaper(items, wanted, missing, ask) };
    }
    const found = items.find(({ item }) => item.id === wanted.itemId);
    if (!found) return { ok: false, code: "not_found", detail: "no such item" };
    return { ok: true, bytes: await drawPicture(found, missing, ask) };
  } finally {
    port.close();
  }
}

/** One item as a PNG of its picture's pixels. */
async function drawPicture(found: ItemWithMarks, missing: string, ask: AskItem): Promise<Uint8Array> {
  const { picture } = await ask({ item: found.item, longest: MAX_EXPORT_LONGEST });
  const still = await openStill(picture, missing);
  const size = stillSize(still, found.item, MAX_EXPORT_LONGEST);
  const canvas = createCanvas(size.width, size.height);
  paintItem(canvas.getContext("2d"), found, still, { x: 0, y: 0, ...size });
  return canvas.encode("png");
}
