/**
 * Security headers and per-request facts for pages, set before Next sees the request: a Content-Security-Policy with a
 * fresh nonce (Next reads it from the request's header), and the language asked for by `?lang=`.
 */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { matchLocale } from "@/lib/protocol/locales";
import { LOCALE_HEADER, NONCE_HEADER } from "@/lib/protocol/request-headers";
import { videoSiteOrigins } from "@/lib/protocol/video-sites";

/** 128 bits, as the CSP specification asks for. */
const NONCE_BYTES = 16;
/** For which browsers come by TLS alone, once they have: a year. Other names below ours are not spoken for. */
const HTTPS_ONLY_SECONDS = 31_536_000;

export interface PageHeaderOptions {
  /** Our own origin, such as https://vetrina.example. */
  readonly publicUrl: string;
  /** Next's development mode evaluates code and injects styles. */
  readonly dev: boolean;
  /** Value of frame-ancestors for the frame of the shop with this key. */
  readonly frameAncestors: (shopKey: string) => Promise<string>;
  /** From where else browsers fetch videos, such as https://bucket.s3.example; null for from nowhere. */
  readonly mediaOrigin: string | null;
}

/** The page inside the desk in which a mirrored page is rebuilt; `?shop=` names whose pictures it may load. */
const MIRROR_VIEW_PATH = "/mirror-view";

/** Its address holds the code by which a companion comes in. */
const COMPANION_PATH = "/with/";

/** Paths that are files or data: they set their own headers and get no page policy. */
const notPages = [
  "/_next/",
  "/api/",
  "/media/",
  "/vetrina.js",
  "/vetrina-mirror.js",
  "/vetrina-mirror-draw.js",
  "/vetrina-invite.js",
  "/vetrina-shop.tgz",
  "/frame-assets/",
  "/demo/pictures/",
  "/favicon",
];

export async function applyPageHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  options: PageHeaderOptions,
): Promise<void> {
  delete request.headers[NONCE_HEADER];
  delete request.headers[LOCALE_HEADER];
  delete request.headers["content-security-policy"];
  delete request.headers["content-security-policy-report-only"];
  response.setHeader("X-Content-Type-Options", "nosniff");
  if (options.publicUrl.startsWith("https:")) {
    response.setHeader("Strict-Transport-Security", `max-age=${HTTPS_ONLY_SECONDS}`);
  }

  // Put together, not resolved: "//x/frame" is a path of ours, however odd, never another host.
  const url = new URL(`${options.publicUrl}${request.url ?? "/"}`);
  if (notPages.some((prefix) => url.pathname.startsWith(prefix))) return;

  const locale = matchLocale(url.searchParams.get("lang"));
  if (locale) request.headers[LOCALE_HEADER] = locale;

  const nonce = randomBytes(NONCE_BYTES).toString("base64");
  const policy = await pagePolicy(url, nonce, options);
  request.headers[NONCE_HEADER] = nonce;
  request.headers["content-security-policy"] = policy;
  response.setHeader("Content-Security-Policy", policy);
  // The frame's address names the shop only, but what it links to need not know even that.
  response.setHeader(
    "Referrer-Policy",
    url.pathname === "/frame" || url.pathname.startsWith(COMPANION_PATH)
      ? "no-referrer"
      : "strict-origin-when-cross-origin",
  );
  response.setHeader(
    "Permissions-Policy",
    "camera=(self), microphone=(), geolocation=(), browsing-topics=()",
  );
}

async function pagePolicy(url: URL, nonce: string, options: PageHeaderOptions): Promise<string> {
  const isFrame = url.pathname === "/frame";
  const isDemo = url.pathname === "/demo" || url.pathname.startsWith("/demo/");
  // The demo shop embeds us from our public address, as a stranger's shop does.
  const embed = isDemo ? ` ${options.publicUrl}` : "";
  // The desk shows the customer's page in a page of its own, and the frame shows her what is seen of it: both may load
  // the shop's pictures.
  const isMirror = url.pathname === MIRROR_VIEW_PATH;
  const rebuilds = isFrame || isMirror;
  const shopOrigins = rebuilds ? await options.frameAncestors(url.searchParams.get("shop") ?? "") : "'none'";
  const ancestors = isFrame ? shopOrigins : isMirror ? "'self'" : "'none'";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${options.dev ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${options.dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    // React renders `style` attributes for values that only data knows (a bar's length, a mark's colour).
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' blob: data:${shopOrigins === "'none'" ? "" : ` ${shopOrigins}`}`,
    `media-src 'self' blob:${options.mediaOrigin === null ? "" : ` ${options.mediaOrigin}`}`,
    `font-src 'self'${rebuilds ? " blob: data:" : ""}`,
    `connect-src 'self'${embed}`,
    // Asked for only when somebody wants to watch a video that is there.
    `frame-src 'self'${embed} ${videoSiteOrigins.join(" ")}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
  ].join("; ");
}
