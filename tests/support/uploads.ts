/** The upload routes with everything behind them, as browsers use them, and a look at what is left where. */
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect } from "vitest";
import { DELETE, GET, HEAD, PATCH } from "@/app/api/v1/conversations/[id]/uploads/[uploadId]/route";
import { POST } from "@/app/api/v1/conversations/[id]/uploads/route";
import { signVisitorToken } from "@/lib/auth/tokens";
import { openConversation } from "@/lib/conversations/open-conversation";
import { openUploadWork, uploadWorkSlot } from "@/lib/conversations/uploads/upload-work";
import { closePicturePool } from "@/lib/media/picture-pool";
import { createDiskUploadFiles } from "@/lib/media/uploads/disk-upload-files";
import { uploadFilesSlot } from "@/lib/media/uploads/upload-files";
import type { ErrorCode } from "@/lib/protocol/errors";
import { type UploadProgress, uploadProgressSchema } from "@/lib/protocol/http";
import { visitorIdSchema } from "@/lib/protocol/ids";
import { compose } from "@/lib/runtime/compose";
import { createTestShop, provideTestStore } from "./catalogue";
import { openTestDatabase } from "./database";

const ORIGIN = "http://127.0.0.1:3000";
/** Milliseconds: reading on a busy machine. */
const READ_WITHIN = { timeout: 60_000 };
const PART = "application/offset+octet-stream";

export interface Sender {
  readonly conversationId: string;
  readonly token: string;
}

/** What an upload may leave behind; names only. */
export interface Traces {
  /** Of stored assets, and of drafts of them. */
  readonly stored: readonly string[];
  /** Of files that wait to be read. */
  readonly waiting: readonly string[];
  /** Folders for what is half read. */
  readonly scratch: readonly string[];
  /** Ids of assets. */
  readonly assets: readonly string[];
}

/** @param log is told each line that the server logs */
export async function openUploads(log: (line: string) => void = () => undefined) {
  const database = await openTestDatabase();
  // Other tests have folders for half-read files, too.
  process.env.TMPDIR = await mkdtemp(join(database.dataDir, "tmp-"));
  await provideTestStore(database.dataDir);
  uploadFilesSlot.provide(await createDiskUploadFiles(join(database.dataDir, "uploads")));
  const off = { metricsToken: null, redisUrl: null, ffmpeg: "off", clamd: null };
  const composition = await compose(pino({ level: "debug" }, { write: log }), off);
  uploadWorkSlot.provide(openUploadWork());
  const shopId = await createTestShop();

  async function newSender(): Promise<Sender> {
    const { id } = await database.db.visitor.create({ data: { shopId } });
    const visitorId = visitorIdSchema.parse(id);
    const { conversationId } = await openConversation({ visitorId, shopId }, "en");
    return { conversationId, token: await signVisitorToken({ visitorId, shopId }) };
  }

  async function traces(): Promise<Traces> {
    const all = await readdir(database.dataDir, { recursive: true, withFileTypes: true });
    const waiting = await readdir(join(database.dataDir, "uploads"));
    const stored = all.filter((each) => each.isFile() && each.parentPath.includes("media-"));
    const assets = await database.db.asset.findMany({ select: { id: true }, orderBy: { id: "asc" } });
    return {
      stored: stored.map(({ parentPath, name }) => join(parentPath, name)).sort(),
      waiting: waiting.sort(),
      scratch: (await readdir(tmpdir())).filter((name) => name.startsWith("vetrina-scratch-")).sort(),
      assets: assets.map(({ id }) => id),
    };
  }

  /** In the end: shown and tiled, or failed, and nobody at work on it. */
  async function outcome(of: Sender, uploadId: string): Promise<UploadProgress> {
    const state = async () => (await database.db.upload.findUnique({ where: { id: uploadId } }))?.state;
    await expect.poll(state, READ_WITHIN).toMatch(/done|failed/);
    const waits = async () => (await readdir(join(database.dataDir, "uploads"))).includes(uploadId);
    await expect.poll(waits, READ_WITHIN).toBe(false);
    return progress(of, uploadId);
  }

  return {
    ...{ database, shopId, newSender, traces, outcome },
    async send(
      of: Sender,
      bytes: Uint8Array,
      more: Readonly<Record<string, string>> = {},
    ): Promise<UploadProgress> {
      return outcome(of, await begun(of, bytes, more));
    },
    async close() {
      await uploadWorkSlot.get().close();
      await composition.close();
      await closePicturePool();
      await database.close();
    },
  };
}
export type Uploads = Awaited<ReturnType<typeof openUploads>>;

const pathOf = ({ conversationId }: Sender) => `${ORIGIN}/api/v1/conversations/${conversationId}/uploads`;

/** A request of the tus protocol. */
function request(of: Sender, path: string, method: string, more: HeadersInit = {}, body?: BodyInit): Request {
  const headers = new Headers({ authorization: `Bearer ${of.token}`, "tus-resumable": "1.0.0" });
  for (const [name, value] of new Headers(more)) headers.set(name, value);
  return new Request(path, { method, headers, ...(body ? { body, duplex: "half" } : {}) } as RequestInit);
}

const bodyOf = (bytes: Uint8Array | ReadableStream<Uint8Array>): BodyInit =>
  bytes instanceof Uint8Array ? Uint8Array.from(bytes) : bytes;

/** Begins an upload of so many bytes, perhaps with the first of them. */
export function begin(
  of: Sender,
  size: number,
  first?: Uint8Array,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const headers = { "upload-length": String(size), ...(first ? { "content-type": PART } : {}), ...more };
  const asked = request(of, pathOf(of), "POST", headers, first && bodyOf(first));
  return POST(asked, { params: Promise.resolve({ id: of.conversationId }) });
}

export const idIn = (answer: Response): string => answer.headers.get("location")?.split("/").at(-1) ?? "";

/** All of it in one request. @returns the upload's id */
export async function begun(
  of: Sender,
  bytes: Uint8Array,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const answer = await begin(of, bytes.byteLength, bytes, more);
  expect(answer.status).toBe(201);
  return idIn(answer);
}

const route = (of: Sender, uploadId: string) => ({
  params: Promise.resolve({ id: of.conversationId, uploadId }),
});

export const goOn = (
  of: Sender,
  id: string,
  from: number,
  bytes: Uint8Array | ReadableStream<Uint8Array>,
) => {
  const headers = { "content-type": PART, "upload-offset": String(from) };
  return PATCH(request(of, `${pathOf(of)}/${id}`, "PATCH", headers, bodyOf(bytes)), route(of, id));
};

export const look = (of: Sender, id: string): Promise<Response> =>
  HEAD(request(of, `${pathOf(of)}/${id}`, "HEAD"), route(of, id));

export const received = async (of: Sender, id: string): Promise<number> =>
  Number((await look(of, id)).headers.get("upload-offset"));

export const giveUp = (of: Sender, id: string): Promise<Response> =>
  DELETE(request(of, `${pathOf(of)}/${id}`, "DELETE"), route(of, id));

export async function progress(of: Sender, id: string): Promise<UploadProgress> {
  const answer = await GET(request(of, `${pathOf(of)}/${id}`, "GET"), route(of, id));
  return uploadProgressSchema.parse(await answer.json());
}

/** Status and code of a refusal. */
export async function refusalOf(answer: Response): Promise<{ status: number; code?: ErrorCode }> {
  return { status: answer.status, code: (await answer.json()).error?.code };
}
