/** What happens to every HTTP request before Next sees it: the client's address, and the page policy. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { ADDRESS_HEADER } from "@/lib/protocol/request-headers";
import type { Log } from "./log";
import { applyPageHeaders } from "./page-headers";

/** The loader, and what it loads for the mirror and for invitations. */
const SCRIPT_PATHS = ["/vetrina.js", "/vetrina-mirror.js", "/vetrina-mirror-draw.js", "/vetrina-invite.js"];
const FRAME_ASSETS_PATH = "/frame-assets/";
/** Only what has a hash of its content in its name, as lib/ui/frame/build.mjs writes it. */
const hashedName = /-[A-Z0-9]{8}\.\w+$/;

export interface RequestOptions {
  readonly pages: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly publicUrl: string;
  readonly dev: boolean;
  readonly trustProxy: boolean;
  readonly frameAncestors: (shopKey: string) => Promise<string>;
  readonly mediaOrigin: string | null;
  readonly log: Log;
}

export function handleRequests({
  pages,
  publicUrl,
  dev,
  trustProxy,
  frameAncestors,
  mediaOrigin,
  log,
}: RequestOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    // A proxy's absolute form, `*`: nothing that we serve. What we and Next would read from it is not the same.
    if (!request.url?.startsWith("/")) {
      response.writeHead(400, { "content-type": "text/plain" }).end("Ask for a path\n");
      return;
    }
    request.headers[ADDRESS_HEADER] = clientAddress(request, trustProxy);
    if (SCRIPT_PATHS.some((path) => request.url?.startsWith(path))) openToShops(response);
    if (request.url.startsWith(FRAME_ASSETS_PATH) && hashedName.test(request.url)) keepForever(response);
    const work = async () => {
      await applyPageHeaders(request, response, { publicUrl, dev, frameAncestors, mediaOrigin });
      await pages(request, response);
    };
    work().catch((error: unknown) => {
      log.error({ err: error }, "request failed");
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end("Something went wrong on our side\n");
    });
  };
}

/** The loader is fetched by pages of other sites, and should reach them within minutes of a new version. */
function openToShops(response: ServerResponse): void {
  response.setHeader("Cache-Control", "public, max-age=300");
  response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
  response.setHeader("Access-Control-Allow-Origin", "*");
}

/** Next would have each of the frame's files asked for anew at each opening. */
function keepForever(response: ServerResponse): void {
  response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
}

/** The socket's peer; behind a trusted proxy, what that proxy added last. */
export function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = request.headers["x-forwarded-for"];
  const last = (Array.isArray(forwarded) ? forwarded.join(",") : forwarded)?.split(",").at(-1)?.trim();
  return (trustProxy && last) || request.socket.remoteAddress || "unknown";
}
