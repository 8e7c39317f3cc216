/** A browser's part in an upload: parts of 5 MiB one after the other, and asking until the picture is there. */

import { resolvedItemSchema, uploadProgressSchema } from "@/lib/protocol/http";
import { UPLOAD_PART_BYTES } from "@/lib/protocol/limits";
import { isUnfinished } from "@/lib/ui/chat/item-resolver";
import type { Visitor } from "./upload-server";

/** Bytes of the last part, from whose sending on time is taken: what a line holds at the end. */
const LAST_BYTES = 65_536;
const ASK_EVERY_MS = 20;

export interface Sent {
  /** From the last bytes on: it lies on the panel, milliseconds. */
  readonly shownMs: number;
  /** From the last bytes on: the size that a phone's stage is first filled with has been fetched. */
  readonly firstPixelsMs: number;
  /** Its larger sizes are there, too. */
  readonly untilSharp: () => Promise<void>;
}

/** Longest side of the size that a phone's stage is first filled with, pixels. */
const STAGE_LONGEST = 640;

/** @param findAsset asks for the id of the picture once it is shown */
export async function sendPicture(
  origin: string,
  visitor: Visitor,
  bytes: Uint8Array,
  findAsset: () => Promise<string>,
): Promise<Sent> {
  const conversation = `${origin}/api/v1/conversations/${visitor.conversationId}`;
  const headers = { authorization: `Bearer ${visitor.token}`, "tus-resumable": "1.0.0" };
  const ask = async (path: string, init: RequestInit = {}) => {
    const url = new URL(path, `${conversation}/`);
    const answer = await fetch(url, { ...init, headers: { ...headers, ...init.headers } });
    if (!answer.ok) throw new Error(`${init.method ?? "GET"} ${url.pathname}: ${await answer.text()}`);
    return answer;
  };
  const begun = await ask("uploads", { method: "POST", headers: { "upload-length": String(bytes.length) } });
  const upload = begun.headers.get("location") ?? "";
  await begun.text();
  let lastAt = 0;
  for (let at = 0; at < bytes.length; ) {
    const left = bytes.length - at;
    const size = left > LAST_BYTES ? Math.min(UPLOAD_PART_BYTES, left - LAST_BYTES) : left;
    lastAt = performance.now();
    const part = { "content-type": "application/offset+octet-stream", "upload-offset": String(at) };
    await ask(upload, {
      method: "PATCH",
      headers: part,
      body: Uint8Array.from(bytes.subarray(at, at + size)),
    });
    at += size;
  }
  await untilShown(async () => (await ask(upload)).json());
  const shownMs = performance.now() - lastAt;
  const assetId = await findAsset();
  const load = async () => resolvedItemSchema.parse(await (await ask(`items/asset/${assetId}`)).json());
  const item = await load();
  const size = item.sizes.find(({ longest }) => longest >= STAGE_LONGEST);
  await (await ask(new URL(size?.url ?? "", origin).href)).arrayBuffer();
  const firstPixelsMs = performance.now() - lastAt;
  async function untilSharp(): Promise<void> {
    while (isUnfinished(await load())) await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  return { shownMs, firstPixelsMs, untilSharp };
}

async function untilShown(ask: () => Promise<unknown>): Promise<void> {
  for (;;) {
    const progress = uploadProgressSchema.parse(await ask());
    if (progress.state === "shown") return;
    if (progress.state === "failed") throw new Error(`the upload failed: ${progress.error}`);
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}
