import type { Upload } from "@/lib/db/client";
import { assertNever, errorCodes } from "@/lib/protocol/errors";
import type { UploadProgress } from "@/lib/protocol/http";
import { itemIdSchema } from "@/lib/protocol/ids";

/** What its sender is told of an upload. */
export function progressOf({ state, share, error, itemIds }: Upload): UploadProgress {
  switch (state) {
    case "receiving":
      return { state };
    case "reading":
      return { state, share };
    case "tiling":
      if (itemIds.length === 0) return { state: "reading", share };
      return { state: "shown", itemIds: itemIds.map((id) => itemIdSchema.parse(id)) };
    case "done":
      return { state: "shown", itemIds: itemIds.map((id) => itemIdSchema.parse(id)) };
    case "failed":
      return { state, error: errorCodes.find((code) => code === error) ?? "internal" };
    default:
      return assertNever(state);
  }
}
