import { AppError } from "@/lib/protocol/errors";
import { MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";
import { fileNameOf, type ImageSource } from "./image-source";

/** Milliseconds for one picture from request to last byte. */
const FETCH_TIMEOUT_MS = 30_000;

/**
 * Pictures come from one origin only, whatever addresses a feed names: those below another origin are looked for
 * under the base by their file name. Redirects are not followed, so that the origin cannot be left.
 */
export function openWebImages(base: string): ImageSource {
  const root = new URL(base.endsWith("/") ? base : `${base}/`);
  if (root.protocol !== "http:" && root.protocol !== "https:") {
    throw new AppError("bad_request", `${base} is neither http nor https`);
  }
  return {
    async read(url) {
      const address = addressBelow(root, url);
      const answer = await fetch(address, {
        redirect: "manual",
        signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
      }).catch((cause) => {
        throw new AppError("unavailable", "the address does not answer", { cause });
      });
      if (answer.status >= 300 && answer.status < 400)
        throw new AppError("forbidden", "the address redirects");
      if (!answer.ok || !answer.body) throw new AppError("not_found", `the address answers ${answer.status}`);
      return readLimited(answer.body);
    },
  };
}

function addressBelow(root: URL, url: string): URL {
  const named = URL.canParse(url) ? new URL(url) : null;
  if (named?.origin === root.origin) return named;
  const name = fileNameOf(url);
  if (name === null) throw new AppError("not_found", "the address ends with no file name");
  return new URL(encodeURIComponent(name), root);
}

async function readLimited(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (bytes > MAX_UPLOAD_BYTES) throw new AppError("too_large", `more than ${MAX_UPLOAD_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
