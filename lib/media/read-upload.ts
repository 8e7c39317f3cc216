import { Readable } from "node:stream";
import busboy from "busboy";
import { AppError } from "@/lib/protocol/errors";
import { MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";
import { processSlot } from "@/lib/protocol/process-slot";

/** Bytes of a body beside the file itself: boundaries, headers of parts, small fields. */
const MAX_EXTRA_BYTES = 65_536;
/** Milliseconds without a byte after which an upload is given up. */
const IDLE_TIMEOUT_MS = 30_000;
/** Milliseconds for a whole upload: 25 MB over a poor line (1 Mbit/s) take under four minutes. */
const TOTAL_TIMEOUT_MS = 300_000;
/** Uploads held in memory at once in this process; 12 x 25 MB is what we mean to spend on them. */
const MAX_AT_ONCE = 12;
/** Name of the one field that is read. */
const FIELD = "file";

/**
 * The file of a multipart upload, in memory: an original, with all it tells about its maker, never touches the disk.
 * Counts what arrives instead of trusting the headers.
 * @throws AppError bad_request, too_large, unavailable when too many are being received
 */
export async function readUpload(request: Request): Promise<Uint8Array> {
  const type = request.headers.get("content-type") ?? "";
  if (!type.toLowerCase().startsWith("multipart/form-data") || request.body === null) {
    throw new AppError("bad_request", "send multipart/form-data");
  }
  // An honest client's header saves it the way; a lying one gains nothing.
  if (Number(request.headers.get("content-length")) > MAX_UPLOAD_BYTES + MAX_EXTRA_BYTES) throw tooLarge();
  const underway = atOnce.find() ?? 0;
  if (underway >= MAX_AT_ONCE) throw new AppError("unavailable", "too many uploads at once: try again soon");
  atOnce.provide(underway + 1);
  const body = Readable.fromWeb(request.body as import("node:stream/web").ReadableStream);
  try {
    return await readFile(body, type);
  } finally {
    // Whatever is left of a refused body is not waited for.
    body.destroy();
    atOnce.provide(atOnce.get() - 1);
  }
}

const atOnce = processSlot<number>("uploads-at-once");

function readFile(body: Readable, type: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const form = openForm(type);
    let file: Buffer[] | null = null;
    let received = 0;
    const giveUp = (error: AppError) => {
      stopClocks();
      body.unpipe(form);
      reject(error);
    };
    const malformed = (cause: unknown) => giveUp(new AppError("bad_request", "malformed upload", { cause }));
    const stopped = () => giveUp(new AppError("bad_request", "the upload stopped"));
    const idle = setTimeout(stopped, IDLE_TIMEOUT_MS);
    const total = setTimeout(stopped, TOTAL_TIMEOUT_MS);
    const stopClocks = () => {
      clearTimeout(idle);
      clearTimeout(total);
    };

    body.on("data", (chunk: Buffer) => {
      idle.refresh();
      received += chunk.byteLength;
      if (received > MAX_UPLOAD_BYTES + MAX_EXTRA_BYTES) giveUp(tooLarge());
    });
    body.on("error", malformed);
    form.on("error", malformed);
    form.on("file", (name, stream) => {
      if (name !== FIELD || file !== null) {
        stream.resume();
        return;
      }
      const chunks: Buffer[] = [];
      file = chunks;
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("limit", () => giveUp(tooLarge()));
      stream.on("error", malformed);
    });
    form.on("close", () => {
      stopClocks();
      if (file === null) reject(new AppError("bad_request", `no field "${FIELD}"`));
      else resolve(Buffer.concat(file));
    });
    body.pipe(form);
  });
}

function openForm(type: string) {
  try {
    return busboy({
      headers: { "content-type": type },
      limits: { files: 2, fields: 8, parts: 10, fieldSize: 1_024, fileSize: MAX_UPLOAD_BYTES },
    });
  } catch (cause) {
    throw new AppError("bad_request", "malformed upload", { cause });
  }
}

function tooLarge(): AppError {
  return new AppError("too_large", `at most ${MAX_UPLOAD_BYTES} bytes`);
}
