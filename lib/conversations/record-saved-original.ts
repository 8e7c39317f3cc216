import { recordEvent } from "@/lib/insights/record";
import type { Original } from "@/lib/media/may-read-original";

/** Writes down who took a customer's file as it was sent, before she has it: nobody shall without a trace. @throws when it cannot */
export async function recordSavedOriginal(original: Original): Promise<void> {
  const { assetId, conversationId, memberId, place } = original;
  await recordEvent({
    type: "original_saved",
    ...{ shopId: place.shopId, conversationId, memberId },
    data: { assetId },
  });
}
