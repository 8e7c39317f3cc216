/**
 * A server that files are uploaded to, as a process of its own: the product's routes, database, store and rooms behind a
 * plain HTTP server, without pages. Answers over IPC how long its event loop was held up.
 */
import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Readable } from "node:stream";
import { pino } from "pino";
import { GET as getHealth } from "@/app/api/health/route";
import { GET as getItem } from "@/app/api/v1/conversations/[id]/items/[source]/[sourceId]/route";
import { GET as getProgress, PATCH as goOn } from "@/app/api/v1/conversations/[id]/uploads/[uploadId]/route";
import { POST as begin } from "@/app/api/v1/conversations/[id]/uploads/route";
import { GET as getMedia } from "@/app/media/[assetId]/[...path]/route";
import { signVisitorToken } from "@/lib/auth/tokens";
import { openConversation } from "@/lib/conversations/open-conversation";
import { openUploadWork, uploadWorkSlot } from "@/lib/conversations/uploads/upload-work";
import { closePicturePool } from "@/lib/media/picture-pool";
import { createDiskUploadFiles } from "@/lib/media/uploads/disk-upload-files";
import { uploadFilesSlot } from "@/lib/media/uploads/upload-files";
import { visitorIdSchema } from "@/lib/protocol/ids";
import { compose } from "@/lib/runtime/compose";
import { createTestShop, provideTestStore } from "@/tests/support/catalogue";
import { openTestDatabase } from "@/tests/support/database";

export type Question = "visitor" | "newest asset" | "listen to the loop" | "delay" | "stop";
export interface Visitor {
  readonly conversationId: string;
  readonly token: string;
}
export interface Delay {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** How finely the loop's delay is measured, milliseconds; each measurement includes it. */
const RESOLUTION_MS = 5;
const NANOSECONDS = 1_000_000;

const database = await openTestDatabase(existsSync("/usr/lib/postgresql") ? "postgres" : "pglite");
await provideTestStore(database.dataDir);
uploadFilesSlot.provide(await createDiskUploadFiles(join(database.dataDir, "uploads")));
const off = { metricsToken: null, redisUrl: null, ffmpeg: "off", clamd: null };
const composition = await compose(pino({ level: "silent" }), off);
uploadWorkSlot.provide(openUploadWork());
const shopId = await createTestShop();

async function route(request: Request): Promise<Response> {
  const [, first, ...rest] = new URL(request.url).pathname.split("/");
  if (first === "media") {
    const [assetId = "", ...path] = rest;
    return getMedia(request, { params: Promise.resolve({ assetId, path }) });
  }
  if (rest[0] === "health") return getHealth();
  const [, , id = "", what, one = "", two = ""] = rest;
  if (what === "items") {
    return getItem(request, { params: Promise.resolve({ id, source: one, sourceId: two }) });
  }
  if (request.method === "POST") return begin(request, { params: Promise.resolve({ id }) });
  const upload = { params: Promise.resolve({ id, uploadId: one }) };
  return request.method === "PATCH" ? goOn(request, upload) : getProgress(request, upload);
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET" } = request;
  const body = method === "GET" ? {} : { body: Readable.toWeb(request), duplex: "half" };
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  const answer = await route(
    new Request(`${origin}${request.url}`, { method, headers, ...body } as RequestInit),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}

async function newVisitor(): Promise<Visitor> {
  const { id } = await database.db.visitor.create({ data: { shopId } });
  const visitorId = visitorIdSchema.parse(id);
  const { conversationId } = await openConversation({ visitorId, shopId }, "en");
  return { conversationId, token: await signVisitorToken({ visitorId, shopId }) };
}

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
const answers: Record<Question, () => Promise<unknown>> = {
  visitor: newVisitor,
  // A browser learns it from the panel's document.
  "newest asset": () => database.db.asset.findFirst({ orderBy: { createdAt: "desc" }, select: { id: true } }),
  async "listen to the loop"() {
    delay.reset();
    delay.enable();
    return {};
  },
  delay: async (): Promise<Delay> => ({
    p99Ms: delay.percentile(99) / NANOSECONDS - RESOLUTION_MS,
    maxMs: delay.max / NANOSECONDS - RESOLUTION_MS,
  }),
  async stop() {
    server.close();
    await uploadWorkSlot.get().close();
    await composition.close();
    await closePicturePool();
    await database.close();
    process.disconnect();
    return {};
  },
};

let origin = "";
const server = createServer((request, response) => {
  serve(request, response).catch((error: unknown) =>
    response.destroy(error instanceof Error ? error : undefined),
  );
});
server.listen(0, "127.0.0.1", () => {
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.send?.({ origin });
});
process.on("message", async (question: Question) => {
  const answer = await answers[question]();
  if (process.connected) process.send?.(answer);
});
