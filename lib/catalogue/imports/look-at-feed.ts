/** A look at a feed before anything is imported. */
import { seal } from "@/lib/auth/sealed";
import type { FeedPreview } from "@/lib/protocol/feeds";
import type { ShopId } from "@/lib/protocol/ids";
import type { FeedPlace, FeedReading } from "@/lib/protocol/imports";
import { previewFeed } from "../feed/preview-feed";
import { openFeedFile } from "./feed-files";
import { fetchFeedAnew } from "./fetch-feed";
import { getSourceRow } from "./source";

/** Milliseconds that somebody waits at the screen for the beginning of a feed. */
const LOOK_TIMEOUT_MS = 60_000;

/** @throws AppError those of fetchFeed; bad_request when it is no feed, not_found when the file is gone */
export async function lookAtFeed(
  shopId: ShopId,
  place: FeedPlace,
  reading: FeedReading,
  now: Date,
): Promise<FeedPreview> {
  if (place.kind === "upload") return preview((await openFeedFile(shopId, place.file)).body, reading, now);
  const sealedLogin = place.login === "" ? null : await seal(place.login);
  return lookAtAddress({ url: place.url, sealedLogin }, reading, now);
}

/** Of a source that has an address. @throws AppError as {@link lookAtFeed} */
export async function lookAtSource(
  shopId: ShopId,
  sourceId: string,
  reading: FeedReading,
  now: Date,
): Promise<FeedPreview> {
  return lookAtAddress(await getSourceRow(shopId, sourceId), reading, now);
}

async function lookAtAddress(
  address: { readonly url: string; readonly sealedLogin: string | null },
  reading: FeedReading,
  now: Date,
): Promise<FeedPreview> {
  const feed = await fetchFeedAnew(address, AbortSignal.timeout(LOOK_TIMEOUT_MS));
  return preview(feed.body, reading, now);
}

function preview(source: AsyncIterable<Uint8Array>, reading: FeedReading, now: Date): Promise<FeedPreview> {
  const { format, mapping, currency } = reading;
  return previewFeed({
    source,
    ...(format !== null && { kind: format }),
    ...(mapping !== null && { mapping }),
    defaults: { currency },
    now: now.getTime(),
  });
}
