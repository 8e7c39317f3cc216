import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { MAX_VIDEO_BYTES } from "@/lib/media/video/video-limits";
import { AppError } from "@/lib/protocol/errors";
import { MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";
import { fileNameOf, type ImageSource } from "./image-source";

/** Milliseconds from request to last byte, of a picture and of a video. */
const PICTURE_TIMEOUT_MS = 30_000;
const VIDEO_TIMEOUT_MS = 600_000;

/**
 * Pictures and videos come from one origin only, whatever addresses a feed names: those below another origin are looked for
 * under the base by their file name. Redirects are not followed, so that the origin cannot be left.
 */
export function openWebImages(base: string): ImageSource {
  const root = new URL(base.endsWith("/") ? base : `${base}/`);
  if (root.protocol !== "http:" && root.protocol !== "https:") {
    throw new AppError("bad_request", `${base} is neither http nor https`);
  }
  return {
    async read(url) {
      const chunks: Uint8Array[] = [];
      const body = await ask(root, url, PICTURE_TIMEOUT_MS);
      for await (const chunk of limited(body, MAX_UPLOAD_BYTES)) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    async save(url, path) {
      const body = await ask(root, url, VIDEO_TIMEOUT_MS);
      await pipeline(limited(body, MAX_VIDEO_BYTES), createWriteStream(path));
    },
  };
}

async function ask(root: URL, url: string, timeoutMs: number): Promise<ReadableStream<Uint8Array>> {
  const answer = await fetch(addressBelow(root, url), {
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((cause) => {
    throw new AppError("unavailable", "the address does not answer", { cause });
  });
  if (answer.status >= 300 && answer.status < 400) throw new AppError("forbidden", "the address redirects");
  if (!answer.ok || !answer.body) throw new AppError("not_found", `the address answers ${answer.status}`);
  return answer.body;
}

function addressBelow(root: URL, url: string): URL {
  const named = URL.canParse(url) ? new URL(url) : null;
  if (named?.origin === root.origin) return named;
  const name = fileNameOf(url);
  if (name === null) throw new AppError("not_found", "the address ends with no file name");
  return new URL(encodeURIComponent(name), root);
}

async function* limited(body: ReadableStream<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      // Leaving the loop cancels the stream.
      if (bytes > maxBytes) throw new AppError("too_large", `more than ${maxBytes} bytes`);
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("unavailable", "the answer broke off", { cause });
  }
}
