/** A feed from its address: asked with what we know of it already, so that one that did not change is not sent again. */
import { type CatalogueSource, getDb } from "@/lib/db/client";
import { fetchOutside } from "@/lib/http/outside/outside";
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import { MAX_FEED_BYTES } from "./feed-files";
import { loginOf } from "./source";
import { steadyStream } from "./steady-stream";

/** Milliseconds for all of it: the largest feed over a slow line, made by the shop while it sends. */
const FEED_TIMEOUT_MS = 3_600_000;

const NOT_MODIFIED = 304;

export interface FetchedFeed {
  readonly body: AsyncIterable<Uint8Array>;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Bytes, when the answer says so. */
  readonly total: number | null;
}

type Address = Pick<CatalogueSource, "url" | "sealedLogin">;

/**
 * Null when it is what it was at the last good import.
 * @throws AppError those of fetchOutside; not_found, forbidden, unavailable by what the address answers
 */
export async function fetchFeed(
  source: CatalogueSource,
  now: Date,
  signal: AbortSignal,
): Promise<FetchedFeed | null> {
  return openFeed(source, (await isStillGood(source, now)) ? conditions(source) : {}, signal);
}

/** For a look at it, whatever was read before. @throws AppError as {@link fetchFeed} */
export async function fetchFeedAnew(address: Address, signal: AbortSignal): Promise<FetchedFeed> {
  const feed = await openFeed(address, {}, signal);
  if (feed === null) throw new AppError("unavailable", "the address answers 304 without being asked to");
  return feed;
}

async function openFeed(
  address: Address,
  conditions: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<FetchedFeed | null> {
  const login = await loginOf(address);
  const answer = await fetchOutside(address.url, {
    headers: {
      ...conditions,
      ...(login !== "" && { authorization: `Basic ${Buffer.from(login).toString("base64")}` }),
    },
    maxBytes: MAX_FEED_BYTES,
    timeoutMs: FEED_TIMEOUT_MS,
    // Feeds are public, and many shops still serve them so; a password is not sent that way.
    plain: login === "",
    signal,
  });
  if (answer.status === NOT_MODIFIED) {
    await answer.cancel();
    return null;
  }
  if (!answer.ok) {
    await answer.cancel();
    throw new AppError(codeOf(answer.status), `the address answers ${answer.status}`);
  }
  const length = Number(answer.header("content-length") ?? Number.NaN);
  return {
    body: steadyStream(answer.body, () => performance.now()),
    etag: answer.header("etag"),
    lastModified: answer.header("last-modified"),
    total: Number.isFinite(length) && answer.header("content-encoding") === null ? length : null,
  };
}

/** The same file says something else once a sale that it names begins or ends. */
async function isStillGood({ id, shopId }: CatalogueSource, now: Date): Promise<boolean> {
  const state = await getDb().feedState.findUnique({ where: { shopId_sourceId: { shopId, sourceId: id } } });
  return state !== null && (state.validUntil === null || state.validUntil > now);
}

function conditions({ etag, lastModified }: CatalogueSource): Record<string, string> {
  // By the stronger of the two when there are both (RFC 9110, 13.1.3).
  if (etag !== null) return { "if-none-match": etag };
  return lastModified === null ? {} : { "if-modified-since": lastModified };
}

function codeOf(status: number): ErrorCode {
  if (status === 401 || status === 403) return "forbidden";
  return status === 404 || status === 410 ? "not_found" : "unavailable";
}
