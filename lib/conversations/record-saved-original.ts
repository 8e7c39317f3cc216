import { recordOnce } from "@/lib/insights/record";
import type { Original } from "@/lib/media/may-read-original";

/** Seconds within which the parts of a file are one download: browsers ask for large ones in pieces, and go on after a break. */
const ONE_DOWNLOAD_SECONDS = 600;

/** Writes down who took a customer's file as it was sent, before she has it: nobody shall without a trace. @throws when it cannot */
export async function recordSavedOriginal(original: Original): Promise<void> {
  const { assetId, conversationId, memberId, place } = original;
  await recordOnce(
    {
      type: "original_saved",
      ...{ shopId: place.shopId, conversationId, memberId },
      data: { assetId },
    },
    ONE_DOWNLOAD_SECONDS,
  );
}
