/** One picture or video from its address into the store. Knows no database and no queue. */
import { fetchOutside } from "@/lib/http/outside/outside";
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import { type AssetId, shopIdSchema } from "@/lib/protocol/ids";
import type { ClaimedWish } from "./claim-wishes";
import { takeIn } from "./take-in";

/** Milliseconds that a busy host is left alone when it does not say how long. */
const BUSY_MS = 60_000;
/** Longest that a host can send us away, milliseconds: a day. */
const MAX_BUSY_MS = 86_400_000;

const NOT_MODIFIED = 304;

export type FetchedPicture =
  | {
      readonly kind: "stored";
      readonly assetId: AssetId;
      readonly etag: string | null;
      readonly lastModified: string | null;
    }
  | { readonly kind: "unchanged" }
  /** The host wants to be left alone. */
  | { readonly kind: "busy"; readonly forMs: number; readonly detail: string }
  /** May be better another time. */
  | { readonly kind: "away"; readonly error: AppError }
  | { readonly kind: "unusable"; readonly error: AppError };

/** @throws the signal's reason; what nobody foresaw */
export async function fetchPicture(
  wish: ClaimedWish,
  now: Date,
  signal: AbortSignal,
): Promise<FetchedPicture> {
  const { accept, maxBytes, timeoutMs, noPage, requireRoom, store } = takeIn[wish.kind];
  const shopId = shopIdSchema.parse(wish.shopId);
  try {
    // What is kept is mostly as it was, and needs none.
    if (!wish.isKept) await requireRoom(shopId);
    const answer = await fetchOutside(wish.url, {
      headers: { accept, ...(wish.isKept && conditions(wish)) },
      maxBytes,
      timeoutMs,
      plain: true,
      signal,
    });
    const type = answer.header("content-type") ?? "";
    if (!answer.ok || type.startsWith("text/html")) {
      await answer.cancel();
      if (answer.status === NOT_MODIFIED && wish.isKept) return { kind: "unchanged" };
      // A shop's "not found" often comes as a friendly page.
      return answer.ok
        ? { kind: "unusable", error: noPage() }
        : refused(answer.status, answer.header("retry-after"), now);
    }
    const assetId = await store(shopId, answer, signal);
    return {
      kind: "stored",
      assetId,
      etag: answer.header("etag"),
      lastModified: answer.header("last-modified"),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return { kind: error.code === "unavailable" ? "away" : "unusable", error };
  }
}

function refused(status: number, retryAfter: string | null, now: Date): FetchedPicture {
  const detail = `the address answers ${status}`;
  if (status === 429 || (status === 503 && retryAfter !== null)) {
    return { kind: "busy", forMs: waitOf(retryAfter, now), detail };
  }
  if (status >= 500 || status === 408) return { kind: "away", error: new AppError("unavailable", detail) };
  return { kind: "unusable", error: new AppError(codeOf(status), detail) };
}

function codeOf(status: number): ErrorCode {
  return status === 401 || status === 403 ? "forbidden" : "not_found";
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function waitOf(retryAfter: string | null, now: Date): number {
  const text = retryAfter?.trim() ?? "";
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now.getTime();
  return Number.isNaN(ms) || ms <= 0 ? BUSY_MS : Math.min(ms, MAX_BUSY_MS);
}

/** By the stronger of the two when there are both (RFC 9110, 13.1.3). */
function conditions({ etag, lastModified }: ClaimedWish): Record<string, string> {
  if (etag !== null) return { "if-none-match": etag };
  return lastModified === null ? {} : { "if-modified-since": lastModified };
}
