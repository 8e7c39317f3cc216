/**
 * The virus scanner: streams what was uploaded to a clamd (INSTREAM over TCP) where one is set. Whatever keeps it from
 * answering keeps the file out: nothing is let through unscanned.
 */
import { createReadStream } from "node:fs";
import { connect, type Socket } from "node:net";
import { AppError } from "@/lib/protocol/errors";
import { processSlot } from "@/lib/protocol/process-slot";

export interface ClamdSettings {
  readonly host: string;
  readonly port: number;
}

export interface ScannerOptions extends ClamdSettings {
  /** Is told clamd's name of what it found; nobody else is. */
  readonly onFound: (signature: string) => void;
  readonly connectWithinMs?: number;
  readonly answerWithinMs?: number;
}

type Content = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
/** @throws AppError infected, unavailable */
export type Scan = (content: Content) => Promise<void>;

/** Null where no clamd is set. */
export const scanSlot = processSlot<Scan | null>("scan");

/** Milliseconds: a clamd that is further away than this is none. */
const CONNECT_WITHIN_MS = 3_000;
/** Milliseconds without a byte in either direction: clamd itself gives up on a file after 120 s. */
const ANSWER_WITHIN_MS = 130_000;
/** Bytes of one chunk: clamd takes any size up to its StreamMaxLength. */
const CHUNK_BYTES = 65_536;
/** Characters of an answer that are read: a name and a word. */
const MAX_ANSWER_CHARS = 1_024;

/**
 * Nothing where no clamd is set.
 * @param content a file's path, or its bytes in pieces
 * @throws AppError infected; unavailable when clamd does not answer, or not that it is clean
 */
export async function scanUpload(content: string | Content): Promise<void> {
  const scan = scanSlot.find() ?? null;
  if (scan === null) return;
  await scan(typeof content === "string" ? readPieces(content) : content);
}

/** Opens the file when its first piece is asked for: a stream that fails before anybody listens ends the process. */
async function* readPieces(path: string): AsyncIterable<Uint8Array> {
  yield* createReadStream(path);
}

export function createScanner(options: ScannerOptions): Scan {
  const { connectWithinMs = CONNECT_WITHIN_MS, answerWithinMs = ANSWER_WITHIN_MS } = options;
  return async (content) => {
    const socket = connect(options.port, options.host);
    try {
      const answer = readAnswer(socket);
      // It may fail while we still send: it is looked at when we are done.
      answer.catch(() => undefined);
      await opened(socket, connectWithinMs);
      socket.setTimeout(answerWithinMs, () => socket.destroy(new Error("clamd does not answer")));
      const sending = send(socket, content);
      sending.catch(() => undefined);
      // One that has seen enough, or takes no more, says so before the end.
      await Promise.race([sending, answer]);
      judge(await answer, options.onFound);
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw new AppError("unavailable", "the file could not be scanned", { cause });
    } finally {
      socket.destroy();
    }
  };
}

/** "stream: OK", "stream: <name> FOUND", or a complaint. */
function judge(answer: string, onFound: (signature: string) => void): void {
  if (answer === "stream: OK") return;
  const signature = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (signature === undefined) throw new Error(`clamd says: ${answer}`);
  onFound(signature);
  throw new AppError("infected", "the virus scanner refused the file");
}

function opened(socket: Socket, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => socket.destroy(new Error("clamd cannot be reached")), withinMs);
    socket.once("connect", () => {
      clearTimeout(late);
      resolve();
    });
    socket.once("error", (error) => {
      clearTimeout(late);
      reject(error);
    });
  });
}

/** The words up to the zero that ends them. */
function readAnswer(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    socket.on("data", (bytes: Buffer) => {
      answer += bytes.toString("latin1");
      const end = answer.indexOf("\0");
      if (end >= 0) resolve(answer.slice(0, end));
      else if (answer.length > MAX_ANSWER_CHARS) socket.destroy(new Error("clamd talks nonsense"));
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("clamd hung up without an answer")));
  });
}

/** Each chunk behind its length; one of length 0 ends them. */
async function send(socket: Socket, content: Content): Promise<void> {
  await write(socket, Buffer.from("zINSTREAM\0", "latin1"));
  for await (const bytes of content) {
    for (let at = 0; at < bytes.byteLength; at += CHUNK_BYTES) {
      const chunk = bytes.subarray(at, at + CHUNK_BYTES);
      await write(socket, lengthOf(chunk.byteLength));
      await write(socket, chunk);
    }
  }
  await write(socket, lengthOf(0));
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

/** Waits until the other side has room. */
function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
