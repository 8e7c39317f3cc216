import { verifyMediaToken } from "@/lib/auth/media-token";
import { AppError } from "@/lib/protocol/errors";
import { type AssetId, assetIdSchema } from "@/lib/protocol/ids";
import { originalSubject } from "./address";
import { readRange } from "./byte-range";
import { type FileName, ORIGINAL_NAME, readFileName, sizeName, typeOf, videoName } from "./file-name";
import { requireMayRead } from "./may-read";
import { type Original, requireMayReadOriginal } from "./may-read-original";
import { type AssetPlace, getMediaStore, type StoredFile } from "./store";
import { findStoredTile } from "./stored-tiles";

/** Seconds: as long as an address can be good for. What stands behind an address never changes. */
const MAX_AGE_SECONDS = 7_200;
/** Seconds that an address straight to a bucket is good for: a video is asked for in parts while it plays. */
const DIRECT_SECONDS = 3_600;

/**
 * Answers GET and HEAD of one stored file, or of a part of it.
 * @param address as it stands in the request, unchecked: a size ("640"), a video ("video.mp4"), a tile ("tiles/13/4_2")
 *   or the file as it was sent ("original")
 * @param onOriginal is told who gets such a file before she does
 * @throws AppError unauthorized for anything but a good token whose bearer may still read; not_found
 */
export async function serveMedia(
  request: Request,
  address: { readonly assetId: string; readonly path: readonly string[] },
  onOriginal: (original: Original) => Promise<void>,
): Promise<Response> {
  const token = new URL(request.url).searchParams.get("t");
  if (address.path.length === 1 && address.path[0] === "original") {
    return serveOriginal(request, address.assetId, token, onOriginal);
  }
  const place = await requireReadable(address.assetId, token);
  const etag = `"${place.assetId}-${address.path.join("-")}"`;
  const [first = "", level = "", cell = ""] = address.path;
  if (first === "tiles" && address.path.length === 3) {
    return send(request, etag, sizeName(1), await findStoredTile(place, level, cell));
  }
  const name = address.path.length === 1 ? nameOf(first) : null;
  if (name === null) throw new AppError("not_found", "no such file");
  const direct = isVideo(name) ? await getMediaStore().address(place, name, DIRECT_SECONDS) : null;
  if (direct !== null) return Response.redirect(direct, 302);
  return send(request, etag, name, await getMediaStore().find(place, name));
}

const isVideo = (name: FileName) => name === videoName("video/mp4") || name === videoName("video/webm");

/** A whole tile pack is nobody's to read. */
function nameOf(text: string): FileName | null {
  if (/^[1-9]\d{0,4}$/.test(text)) return sizeName(Number(text));
  const name = readFileName(text);
  return name !== null && isVideo(name) ? name : null;
}

/** Never shown by a browser, whatever it is, and kept by none: saved, under a name of ours. */
async function serveOriginal(
  request: Request,
  id: string,
  token: string | null,
  onOriginal: (original: Original) => Promise<void>,
): Promise<Response> {
  const assetId = requireAssetId(id, token);
  const reader = verifyMediaToken(token ?? "", originalSubject(assetId));
  const original = await requireMayReadOriginal(assetId, reader);
  const { place, type } = original;
  const file = await getMediaStore().find(place, ORIGINAL_NAME);
  if (file !== null && request.method !== "HEAD") await onOriginal(original);
  return send(request, `"${assetId}-original"`, ORIGINAL_NAME, file, {
    "cache-control": "private, no-store",
    "content-disposition": `attachment; filename="vetrina-${assetId.slice(-8)}.${endings[type] ?? "bin"}"`,
  });
}

/** What people's machines know a type by. */
const endings: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/apng": "png",
  "image/webp": "webp",
  "image/gif": "gif",
  "image/avif": "avif",
  "image/heic": "heic",
  "image/heif": "heif",
  "video/mp4": "mp4",
  "video/quicktime": "mov",
  "video/webm": "webm",
  "application/pdf": "pdf",
};

function send(
  request: Request,
  etag: string,
  name: FileName,
  file: StoredFile | null,
  own: Readonly<Record<string, string>> = {},
): Response {
  if (file === null) throw new AppError("not_found", "no such file");
  const headers = {
    ...lasting,
    etag,
    "content-disposition": `inline; filename="vetrina-${name}"`,
    ...own,
  };
  const known = (request.headers.get("if-none-match") ?? "")
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""));
  if (known.includes(etag)) return new Response(null, { status: 304, headers });

  const type = typeOf(name);
  // A part of another version would be put together with this one: there is no other version, but the rule is kept.
  const ifRange = request.headers.get("if-range");
  const range =
    ifRange === null || ifRange === etag ? readRange(request.headers.get("range"), file.byteLength) : "all";
  if (range === "none") {
    return new Response(null, {
      status: 416,
      headers: { ...headers, "content-range": `bytes */${file.byteLength}` },
    });
  }
  const part = range === "all" ? undefined : range;
  const { start, end } = part ?? { start: 0, end: file.byteLength - 1 };
  return new Response(request.method === "HEAD" ? null : file.open(part), {
    status: part ? 206 : 200,
    headers: {
      ...headers,
      "content-type": type,
      "content-length": String(end - start + 1),
      ...(part ? { "content-range": `bytes ${start}-${end}/${file.byteLength}` } : {}),
    },
  });
}

const lasting = {
  "cache-control": `private, max-age=${MAX_AGE_SECONDS}, immutable`,
  "accept-ranges": "bytes",
  "x-content-type-options": "nosniff",
  // Opened by itself, a picture is a document of our origin: one that may do nothing.
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
};

async function requireReadable(id: string, token: string | null): Promise<AssetPlace> {
  const assetId = requireAssetId(id, token);
  const shopId = await requireMayRead(assetId, verifyMediaToken(token ?? "", assetId));
  return { shopId, assetId };
}

function requireAssetId(id: string, token: string | null): AssetId {
  const assetId = assetIdSchema.safeParse(id);
  if (!assetId.success || token === null) throw new AppError("unauthorized", "a signed address is needed");
  return assetId.data;
}
