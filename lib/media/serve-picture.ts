import { verifyMediaToken } from "@/lib/auth/tokens";
import { AppError } from "@/lib/protocol/errors";
import { type AssetId, assetIdSchema } from "@/lib/protocol/ids";
import { getMediaStore, STORED_TYPE } from "./store";

/** Seconds: as long as an address can be good for. What stands behind an address never changes. */
const MAX_AGE_SECONDS = 7_200;

/**
 * Answers GET and HEAD of one stored picture.
 * @param address as it stands in the request, unchecked
 * @throws AppError unauthorized for anything but a good token; not_found for a size that does not exist
 */
export async function servePicture(
  request: Request,
  address: { readonly assetId: string; readonly longest: string },
): Promise<Response> {
  const assetId = await requireReadable(address.assetId, new URL(request.url).searchParams.get("t"));
  const longest = Number(address.longest);
  const file =
    /^\d{1,5}$/.test(address.longest) && longest > 0 ? await getMediaStore().find(assetId, longest) : null;
  if (file === null) throw new AppError("not_found", "no such size");

  const etag = `"${assetId}-${longest}"`;
  const known = (request.headers.get("if-none-match") ?? "")
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""));
  const headers = { ...lasting, etag };
  if (known.includes(etag)) return new Response(null, { status: 304, headers });
  return new Response(request.method === "HEAD" ? null : file.open(), {
    headers: { ...headers, "content-type": STORED_TYPE, "content-length": String(file.byteLength) },
  });
}

const lasting = {
  "cache-control": `private, max-age=${MAX_AGE_SECONDS}, immutable`,
  "x-content-type-options": "nosniff",
  // Opened by itself, a picture is a document of our origin: one that may do nothing.
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
};

async function requireReadable(id: string, token: string | null): Promise<AssetId> {
  const assetId = assetIdSchema.safeParse(id);
  if (!assetId.success || token === null) throw new AppError("unauthorized", "a signed address is needed");
  await verifyMediaToken(token, assetId.data);
  return assetId.data;
}
