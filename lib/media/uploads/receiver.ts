/**
 * Receives files in parts that may be resumed: the tus protocol (https://tus.io), by its own server. Who may send what is
 * decided before a request comes here; what became of a file is asked for elsewhere.
 */
import { Server } from "@tus/server";
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import { MAX_FILE_BYTES } from "@/lib/protocol/limits";
import { type UploadFiles, uploadFilesSlot } from "./upload-files";

/** Bytes of tus' own metadata: we want none, clients send a name and a type. */
const MAX_METADATA_CHARS = 4_096;

export interface Receiver {
  /**
   * Answers a request to begin, continue, look at or cancel an upload.
   * @throws AppError for what tus refuses, so that all answers are of one kind
   */
  receive(request: Request, uploadId: string): Promise<Response>;
}

/** @param onFinished runs before the last part is answered */
export function createReceiver(onFinished: (uploadId: string) => Promise<void>): Receiver {
  const ids = new WeakMap<Request, string>();
  const idOf = (request: Request) => {
    const id = ids.get(request);
    if (id === undefined) throw new AppError("internal", "a request that did not come through receive");
    return id;
  };
  const files = (): UploadFiles => uploadFilesSlot.get();
  const server = new Server({
    // Unused: the addresses are ours, and so are the ids in them.
    path: "/",
    datastore: files().dataStore,
    maxSize: MAX_FILE_BYTES,
    namingFunction: (request) => files().nameOf(idOf(request)),
    getFileIdFromRequest: (request) => files().nameOf(idOf(request)),
    generateUrl: (request) => `${new URL(request.url).pathname.replace(/\/$/, "")}/${idOf(request)}`,
    // A name is the sender's business.
    onUploadCreate: async () => ({ metadata: {} }),
    async onUploadFinish(request) {
      await onFinished(idOf(request));
      return {};
    },
    allowedOrigins: [],
  });
  return {
    async receive(request, uploadId) {
      if ((request.headers.get("upload-metadata")?.length ?? 0) > MAX_METADATA_CHARS) {
        throw new AppError("bad_request", "too much metadata");
      }
      if (request.headers.has("upload-defer-length")) {
        throw new AppError("bad_request", "tell how many bytes there will be");
      }
      ids.set(request, uploadId);
      const answer = await server.handleWeb(request);
      if (answer.status < 400) return answer;
      throw new AppError(codeOf[answer.status] ?? "bad_request", await wordsOf(answer));
    },
  };
}

/** 423: another request still writes; 410: it took too long. */
const codeOf: Readonly<Record<number, ErrorCode>> = {
  404: "not_found",
  409: "conflict",
  410: "not_found",
  413: "too_large",
  423: "conflict",
  500: "unavailable",
};

const wordsOf = async (answer: Response) => (await answer.text()).trim() || `tus answered ${answer.status}`;
